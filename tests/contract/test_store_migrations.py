"""Records of former versions, brought up to date on both stores."""

from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from service.merging import Read, commit_reading
from service.store import schema
from service.store.base import Reading
from service.store.engine import Database
from service.store.eventquery import EventQuery
from service.store.eventterms import area
from service.store.sql import SqlStore
from service.timeline.model import Image
from tests.contract.storevalues import article
from tests.making import mention

POSTED = (
    '{"external_id":"a","image":{"alt":"A «bridge»","url":"https://a.example/1.jpg"},'
    '"published_at":"2026-01-27","text":"It burned."}'
)
TIMELINE = (
    "INSERT INTO timelines (name, public, revision, state, created_at, updated_at,"
    " articles_accepted, articles_processing, articles_processed, articles_failed,"
    " articles_nothing_to_tell, events_happening, events_statement, events_planned, events_state,"
    " merge_until, claimed_at)"
    " VALUES ('demo', true, 2, 5, 1, 1, 0, 0, 2, 1, 1, 2, 0, 0, 0, 0, 0)"
)
ARTICLE = (
    "INSERT INTO articles (id, timeline, key, published_at, published_utc, characters, received_at,"
    " version, reading_number, status, outcome, attempts, notices, skipped)"
    " VALUES (:id, 'demo', 'key', '2026-01-27', 1769472000, 10, 1, 1, 1, :status, :outcome, 1,"
    " '[]', '[]')"
)
ARTICLES = (("a", "processed", "told"), ("b", "processed", "nothing_to_tell"), ("c", "failed", ""))
VERSION = "INSERT INTO article_versions VALUES ('a', 1, :posted, 1)"
DERIVED = (
    "INSERT INTO mentions VALUES ('demo', 'men_1', 'a', 'of an older form', 0, '{}')",
    "INSERT INTO mentions VALUES ('demo', 'men_2', 'a', 'of an older form', 1, '{}')",
    "INSERT INTO mention_blocks VALUES ('demo', 'b', 'men_1')",
    "INSERT INTO links VALUES ('demo', 'men_1', 'men_2', 0.5)",
    "INSERT INTO events VALUES ('demo', 'evt_1', 1, 1, 1, 1, 'happening', 1, '{}')",
    "INSERT INTO events VALUES ('demo', 'evt_2', 1, 1, 1, 1, 'happening', 2, '{}')",
    "INSERT INTO event_sources VALUES ('demo', 'men_1', 'evt_1', 'a')",
    "INSERT INTO event_sources VALUES ('demo', 'men_2', 'evt_2', 'a')",
    "INSERT INTO aliases VALUES ('demo', 'evt_0', 'evt_1')",
    "INSERT INTO changes VALUES ('demo', 1, 1, 'created', 'evt_1', '[]', '[]', '{}')",
    "INSERT INTO changes VALUES ('demo', 2, 1, 'created', 'evt_2', '[]', '[]', '{}')",
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_record(request, tmp_path):
    """The address of a database with nothing in it, and how it is brought to a version."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/record.sqlite3"
    else:
        url = request.getfixturevalue("postgres_url")

    def upgrade(version: str) -> None:
        with closing(Database(url)) as database, database.writing() as connection:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", schema.MIGRATIONS.as_posix())
            command.upgrade(config, version)

    return url, upgrade


@pytest.fixture
def old_url(empty_record):
    """A record as the first version left it, with one article that told two events."""
    url, upgrade = empty_record
    upgrade("0001")
    with closing(Database(url)) as database, database.writing() as connection:
        connection.exec_driver_sql(TIMELINE)
        for name, status, outcome in ARTICLES:
            said = {"id": name, "status": status, "outcome": outcome or None}
            connection.execute(text(ARTICLE), said)
        connection.execute(text(VERSION), {"posted": POSTED})
        for statement in DERIVED:
            connection.exec_driver_sql(statement)
    return url


def test_what_an_older_version_read_is_read_again(old_url):
    schema.migrate(old_url)
    with closing(SqlStore(old_url)) as store:
        found = store.find_timeline("demo")
        assert found.articles == {
            "accepted": 2,
            "processing": 0,
            "processed": 0,
            "failed": 1,
            "nothing_to_tell": 0,
            "retracted": 0,
        }
        assert set(found.events.values()) == {0}
        assert (found.revision, store.find_revision("demo").pending) == (4, 2)
        assert store.list_events("demo", EventQuery()) == ()
        removed = [
            change
            for event in ("evt_1", "evt_2")
            for change in store.list_changes("demo", event, limit=9, after=0)
        ]
        assert [(each.revision, each.type) for each in removed] == [
            (1, "created"),
            (3, "removed"),
            (2, "created"),
            (4, "removed"),
        ]


def test_a_record_of_an_older_version_goes_on_from_its_revision(old_url):
    schema.migrate(old_url)
    with closing(SqlStore(old_url)) as store:
        claimed = store.claim("token", limit=1, characters=1000, lease=15)[0]
        assert (claimed.id, claimed.attempt, claimed.posted) == ("a", 1, POSTED)
        told = mention(claimed.head)
        reading = Reading(
            outcome="told",
            language="en",
            level="full",
            expressions=(),
            mentions=((told.id, "{}"),),
            notices="[]",
            skipped="[]",
        )
        assert commit_reading(store, claimed, "token", Read(reading, (told,))) == 5
        assert len(store.list_events("demo", EventQuery())) == 1
        store.add_articles("demo", [article("new")])
        assert store.find_revision("demo").pending == 2


def test_pictures_of_articles_that_are_there_are_known_to_events(old_url):
    schema.migrate(old_url)
    with closing(SqlStore(old_url)) as store, store.snapshot("demo") as near:
        picture = Image(url="https://a.example/1.jpg", alt="A «bridge»")
        assert near.heads(["a"])["a"].image == picture


GOES_ON = (
    "INSERT INTO events (timeline, id, sort_start, sort_end, earliest, latest, area, kind, status,"
    " basis, granularity, confidence, salience, independent_sources, revision, document, searched)"
    "  VALUES ('demo', '{name}', {days}, {area}, 'happening', 'ongoing', 'explicit', 'day',"
    " 1, 1, 1, 1, '{{}}', '')"
)


def test_events_without_a_first_or_last_day_are_found_by_days_as_before(empty_record):
    url, upgrade = empty_record
    upgrade("0008")
    with closing(Database(url)) as database, database.writing() as connection:
        connection.exec_driver_sql(TIMELINE)
        for name, days in (
            ("evt_on", "10, 10, 10, NULL"),
            ("evt_by", "30, 30, NULL, 30"),
            ("evt_in", "15, 18, 15, 18"),
        ):
            connection.exec_driver_sql(GOES_ON.format(name=name, days=days, area=area("demo")))
    schema.migrate(url)
    with closing(SqlStore(url)) as store:
        for query, found in (
            (EventQuery(first=20), ["evt_on", "evt_by"]),
            (EventQuery(last=5), ["evt_by"]),
            (EventQuery(first=16, last=17), ["evt_on", "evt_in", "evt_by"]),
        ):
            assert [each.id for each in store.list_events("demo", query)] == found


def test_migrations_carry_their_own_code():
    """What they import of ours would change under them."""
    for path in (schema.MIGRATIONS / "versions").glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.startswith(("from service", "import service"))]
