"""The sweeper of the workers lets old changes go, on both stores."""

from contextlib import closing

from service.store.sql import SqlStore
from tests.contract.storevalues import article, event, mention, tell
from tests.servers.waiting import wait_until

ONE, TWO = article(1), article(2)


def test_the_sweeper_lets_go_of_what_need_not_be_kept(open_house, record_url):
    with closing(SqlStore(record_url)) as store:
        tell(store, ONE, *(event(mention(name, ONE)) for name in "abc"))
        tell(store, TWO, event(mention("d", TWO)))
        assert store.read_changes("demo", after=0, limit=9).kept_after == 0
    house = open_house(record_url, history_days=0, history_rows=1)

    def kept_after():
        return house.store.read_changes("demo", after=0, limit=9).kept_after

    wait_until(lambda: kept_after() == 3, 10, "all but the last change were let go")
    (change,) = house.store.read_changes("demo", after=3, limit=9).changes
    assert change.revision == 4
