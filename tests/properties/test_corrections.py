"""Corrections are exact: whatever was done, the timeline is that of the present versions alone.

Articles of one story, copies among them, are posted, corrected, retracted, erased, tried and read
again in any order, with claims held meanwhile. The content of the record, to the byte, is then that
of a fresh record to which only the present versions were posted (DESIGN.md section 2).
"""

import shutil
from contextlib import closing, contextmanager
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.corrections import Corrections
from service.documents.jsontext import dumps, loads, read_object
from service.errors import ArticleTakenError, LostClaimError, NotFailedError, NotFoundError
from service.intake import draft
from service.merging import Read, commit_failure, commit_reading
from service.store.base import Reading
from service.store.engine import Database
from service.store.eventquery import EventQuery
from service.store.eventtables import changes
from service.store.sql import SqlStore
from service.timeline.ids import mention_ids
from service.wakeups import Wakeups
from tests.making import TIMELINE
from tests.properties.tellings import versions
from tests.servers.api import NOWHERE, Bell

NOW = 2e9
NAMED, UNNAMED = 3, 3
ARTICLES = NAMED + UNNAMED
VERSIONS = 3
PATHS = {"article_id", "article_ids"}
"""Fields that tell which article it is here, not what it says."""

choices = st.integers(0, ARTICLES - 1)
numbers = st.integers(0, VERSIONS - 1)
STEPS = st.one_of(
    st.tuples(st.just("post"), choices, numbers),
    st.tuples(st.just("post"), choices, numbers),
    st.tuples(st.just("put"), choices, numbers),
    st.tuples(st.just("put"), choices, numbers),
    st.tuples(st.sampled_from(("retract", "erase", "retry")), choices, st.none()),
    st.tuples(st.just("claim"), st.integers(1, 4), st.none()),
    st.tuples(st.just("commit"), st.none(), st.none()),
    st.tuples(st.just("commit"), st.none(), st.none()),
    st.tuples(st.just("drain"), st.none(), st.none()),
    st.tuples(st.sampled_from(("release", "reprocess")), st.none(), st.none()),
    st.tuples(st.sampled_from(("reprocess", "upgrade")), st.none(), st.none()),
)


class Story:
    """What can be posted, and how each of it is read; some of it cannot be at first.

    A newer engine reads less: it leaves out what an article tells last.
    """

    def __init__(self, drawn, broken=frozenset(), *, newer=False):
        self.newer = newer
        self._told = {}
        self._fields = []
        self.broken = broken
        for number in range(ARTICLES):
            # Those without a name can say the same as one another.
            source = min(number, NAMED)
            for version, (about, mentions) in enumerate(drawn[source]):
                text = f"version {version} of article {source}"
                said = {"publisher": about.publisher, "title": about.title}
                known = {name: value for name, value in said.items() if value is not None}
                named = {"external_id": about.key} if number < NAMED else {}
                fields = {"text": text, "published_at": about.published_at, **named, **known}
                self._told[text] = (about, mentions)
                self._fields.append(fields)

    def new(self, number, version):
        return draft(TIMELINE, self._fields[number * VERSIONS + version], received=NOW)

    def read(self, claimed):
        """The reading of a claimed article, or None when it cannot be read yet."""
        text = read_object(claimed.posted)["text"]
        if text in self.broken:
            return None
        about, mentions = self._told[text]
        told = tuple(called(each, mentions, claimed) for each in mentions)
        told = self._upgraded(told) if self.newer else told
        return Read(
            Reading(
                outcome="told" if told else "nothing_to_tell",
                language="en",
                level="full",
                expressions=(),
                mentions=tuple((each.id, dumps({"quote": each.quote})) for each in told),
                notices="[]",
                skipped="[]",
                signature=about.signature,
                credits=about.credits,
            ),
            told,
        )

    def _upgraded(self, told):
        left = {each.id for each in told[:-1]}
        return tuple(
            replace(
                each,
                pointer=each.pointer if each.pointer and each.pointer.target in left else None,
                about=tuple(other for other in each.about if other in left),
            )
            for each in told[:-1]
        )


def called(mention, siblings, claimed):
    """The mention as one of the claimed article, whose key may be made of what it says."""
    ids = {each.id: mention_ids(claimed.key, [each.quote])[0] for each in siblings}
    pointer = mention.pointer and replace(mention.pointer, target=ids[mention.pointer.target])
    return replace(
        mention,
        id=ids[mention.id],
        article_id=claimed.id,
        article_key=claimed.key,
        pointer=pointer,
        about=tuple(ids[each] for each in mention.about),
    )


class Life:
    """A record on which the steps are done."""

    def __init__(self, store, story, wakeups):
        self.store, self.story = store, story
        self._correct = Corrections(store, Bell(), wakeups)
        self._held = []
        self._ids = {}

    def run(self, steps):
        for verb, first, second in steps:
            getattr(self, verb)(*(each for each in (first, second) if each is not None))

    def post(self, number, version):
        new = self.story.new(number, version)
        (added,) = self.store.add_articles(TIMELINE, [new])
        self._ids.setdefault(number, added.id)

    def put(self, number, version):
        found = self._find(number)
        if found is not None:
            try:
                self._correct.replace(found, self.story.new(number, version), received=NOW)
            except ArticleTakenError:
                assert number >= NAMED, "only what has no external_id can be another's twin"

    def retract(self, number):
        self._correcting(number, self._correct.retract)

    def erase(self, number):
        self._correcting(number, self._correct.erase)
        if self._find(number) is None:
            self._ids.pop(number, None)

    def retry(self, number):
        try:
            self._correcting(number, self._correct.retry)
        except NotFailedError:
            assert self._find(number).status != "failed"

    def reprocess(self):
        self.store.mark_again(TIMELINE)

    def upgrade(self):
        self.story.newer = True

    def claim(self, limit):
        self._held += self.store.claim("token", limit=limit, characters=10_000, lease=600.0)

    def commit(self):
        if self._held:
            claimed = self._held.pop(0)
            read = self.story.read(claimed)
            try:
                if read is None:
                    commit_failure(self.store, claimed, "token", '{"title":"no"}')
                else:
                    commit_reading(self.store, claimed, "token", read)
            except LostClaimError:
                found = self.store.find_article(claimed.id)
                assert found is None or found.version != claimed.version or found.attempts == 0

    def release(self):
        self.store.release("token")
        self._held = []

    def drain(self):
        self.release()
        while self.store.has_work():
            self.claim(20)
            while self._held:
                self.commit()

    def settle(self):
        """Read all that is left, once everything can be read; by a newer engine all of it."""
        self.story.broken = frozenset()
        if self.story.newer:
            self.release()
            self.reprocess()
        for each in self.articles():
            if each.status == "failed":
                self._correct.retry(each.id)
        self.drain()

    def articles(self):
        if self.store.find_revision(TIMELINE) is None:
            return ()
        return self.store.list_articles(TIMELINE, limit=200, after=None)

    def content(self):
        found = self.store.list_events(TIMELINE, EventQuery(limit=200))
        return [bare(loads(each.document)) for each in found]

    def _find(self, number):
        return self.store.find_article(self._ids[number]) if number in self._ids else None

    def _correcting(self, number, act):
        if number in self._ids:
            try:
                act(self._ids[number])
            except NotFoundError:
                assert self._find(number) is None


def bare(value):
    """A document without the fields that are no content."""
    if isinstance(value, dict):
        return {name: bare(each) for name, each in value.items() if name not in PATHS}
    return [bare(each) for each in value] if isinstance(value, list) else value


def counted(articles):
    found = dict.fromkeys(("accepted", "processing", "processed", "failed", "retracted"), 0)
    for each in articles:
        found[each.status] += 1
    return found | {"nothing_to_tell": sum(a.outcome == "nothing_to_tell" for a in articles)}


def revisions(url):
    with closing(Database(url)) as database, database.reading() as connection:
        return list(connection.execute(changes.select().order_by(changes.c.revision)))


@contextmanager
def lives(template, folder, *names):
    wakeups = Wakeups(NOWHERE)
    stores = []
    for name in names:
        path = folder / f"{name}.sqlite3"
        for leftover in folder.glob(f"{name}.sqlite3*"):
            leftover.unlink()
        shutil.copy(template, path)
        stores.append(SqlStore(f"sqlite:///{path}"))
    yield [lambda story, store=store: Life(store, story, wakeups) for store in stores]
    for store in stores:
        store.close()
    wakeups.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_after_any_corrections_the_content_is_that_of_the_present_versions(
    migrated_file, tmp_path, data
):
    drawn = [
        [data.draw(versions(f"a{number}")) for _ in range(VERSIONS)] for number in range(NAMED + 1)
    ]
    texts = [f"version {each} of article {one}" for one in range(NAMED + 1) for each in range(3)]
    broken = data.draw(st.frozensets(st.sampled_from(texts), max_size=4))
    steps = data.draw(st.lists(STEPS, min_size=5, max_size=40))
    with lives(migrated_file, tmp_path, "lived", "fresh") as (lived, fresh):
        life = lived(Story(drawn, broken))
        life.post(0, 0)
        life.run(steps)
        life.settle()
        present = [each for each in life.articles() if each.status != "retracted"]
        assert {each.status for each in present} <= {"processed"}
        assert all(each.told_version is None for each in present)

        straight = fresh(Story(drawn, newer=life.story.newer))
        for each in data.draw(st.permutations(present)):
            straight.store.add_articles(
                TIMELINE, [draft(TIMELINE, read_object(each.posted), received=NOW)]
            )
        straight.drain()
        assert life.content() == straight.content() if present else life.content() == []

        kept = life.store.find_timeline(TIMELINE)
        assert kept.articles == counted(life.articles())
        rows = revisions(f"sqlite:///{tmp_path / 'lived.sqlite3'}")
        assert [each.revision for each in rows] == list(range(1, kept.revision + 1)), "gapless"
        ended = [each for each in rows if each.type in {"removed", "merged", "split"}]
        assert all(each.document is None for each in ended)
