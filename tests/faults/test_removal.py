"""A timeline that is deleted while workers read for it, by a process that is killed over it."""

import pytest

from service.store.shelf import TimelineTraits
from tests.servers.house import TIMELINE
from tests.servers.waiting import wait_until

SLOW = tuple(f"SLEEP 0.2 Town{letter} flooded" for letter in "abcdef")


@pytest.mark.slow
def test_the_workers_go_on_with_a_removal_and_drop_what_they_read_for_it(open_house, record_url):
    house = open_house(record_url, module="tests.faults.hazards", lease_seconds=60)
    ids = house.post(*SLOW)
    wait_until(lambda: house.statuses(ids[:1]) == {"processed"}, 20)
    held = [each for each in ids if house.article(each).status == "processing"]
    assert held, "a worker is at it"
    workers = house.workers()
    last = house.store.close_timeline(TIMELINE)
    # Whoever deleted it is killed here.
    wait_until(lambda: house.store.find_closing() is None, 10, "the sweeper removed it")
    assert all(house.store.find_article(each) is None for each in ids)
    other = house.post("Bridge opened", timeline="other")
    house.await_processed(other)
    house.await_processed(house.post(*SLOW[:2]))
    assert house.workers() == workers, "none of them fell over it"
    standing = house.store.find_timeline(TIMELINE)
    assert standing.articles["processed"] == 2
    assert standing.revision > last
    assert not house.store.put_timeline(TIMELINE, TimelineTraits())
