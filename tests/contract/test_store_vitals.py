"""What operators watch, on both stores: what waits and since when, and the kept counts summed."""

import pytest
from sqlalchemy import update

from service.store.engine import make_engine, read_url
from service.store.tables import article_versions
from tests.contract.storevalues import article


def age(store_url: str, seconds: float) -> None:
    """Let every article have come so much earlier."""
    engine = make_engine(read_url(store_url))
    with engine.begin() as connection:
        connection.execution_options(timelines_writing=True)
        moved = article_versions.c.received_at - seconds
        connection.execute(update(article_versions).values(received_at=moved))
    engine.dispose()


def test_an_empty_record_waits_for_nothing(store):
    vitals = store.vitals()
    assert (vitals.waiting, vitals.oldest_seconds) == (0, None)


def test_the_age_of_the_queue_is_that_of_the_first_that_waits(store, store_url):
    store.add_articles("demo", [article("a")])
    age(store_url, 500)
    store.add_articles("demo", [article("b")])
    assert store.vitals().waiting == 2
    assert store.vitals().oldest_seconds == pytest.approx(500, abs=20)
    assert len(store.claim("t", limit=1, characters=1, lease=60)) == 1
    assert store.vitals().waiting == 1
    assert store.vitals().oldest_seconds < 20


def test_the_room_of_a_sqlite_file_is_known_and_of_no_other(store, store_url):
    free = store.vitals().free_bytes
    assert (free is None) == store_url.startswith("postgres")
    assert free is None or free > 0


def test_the_counts_of_all_timelines_are_summed(store):
    assert store.totals().timelines == 0
    assert set(store.totals().articles.values()) == {0}
    store.add_articles("one", [article("a", timeline="one"), article("b", timeline="one")])
    store.add_articles("two", [article("c", timeline="two")])
    store.claim("t", limit=1, characters=1, lease=60)
    totals = store.totals()
    assert totals.timelines == 2
    assert totals.articles == {
        "accepted": 2,
        "processing": 1,
        "processed": 0,
        "failed": 0,
        "nothing_to_tell": 0,
        "retracted": 0,
    }
    assert set(totals.events) == {"happening", "statement", "planned", "state"}
