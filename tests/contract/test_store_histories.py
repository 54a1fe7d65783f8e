"""Laws that hold after any history of a timeline, on both stores."""

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from service.errors import LostClaimError
from service.store.engine import Database
from service.store.eventtables import changes, events
from service.store.sql import SqlStore
from service.store.tables import articles
from service.timeline.model import Kind
from service.timeline.plan import Change
from tests.contract.storevalues import PROBLEM, article, event, mention, plan, reading, row

STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 5)),
    st.tuples(st.just("claim"), st.integers(1, 3)),
    st.tuples(st.just("tell"), st.sampled_from(Kind)),
    st.tuples(st.just("tell nothing"), st.none()),
    st.tuples(st.just("give up"), st.none()),
    st.tuples(st.just("fail"), st.none()),
    st.tuples(st.just("release"), st.none()),
    st.tuples(st.just("replace"), st.integers(0, 5)),
)
NUMBERS = count()


class History:
    """One timeline's life, step by step, by a single worker."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.timeline = f"history-{next(NUMBERS)}"
        self.held = []

    def run(self, steps) -> None:
        for verb, choice in steps:
            getattr(self, verb.replace(" ", "_"))(choice)
        self.release(None)
        self.drain()

    def add(self, number) -> None:
        self.store.add_articles(self.timeline, [article(number, timeline=self.timeline)])

    def claim(self, limit) -> None:
        self.held += self.store.claim("token", limit=limit, characters=1000, lease=15)

    def tell(self, kind) -> None:
        if not self.held:
            return
        claimed = self.held.pop()
        of = article(claimed.key, timeline=self.timeline)
        told = event(mention(claimed.key, of), kind=kind)
        there = self.store.find_event(self.timeline, told.id)
        change = Change(type="updated" if there else "created", event_id=told.id)
        self.commit(claimed, plan(of, told, changes=(change,)))

    def tell_nothing(self, _) -> None:
        self.withdraw(reading())

    def fail(self, _) -> None:
        self.withdraw(reading(outcome=None, level=None, problem=PROBLEM))

    def withdraw(self, found) -> None:
        if not self.held:
            return
        claimed = self.held.pop()
        of = article(claimed.key, timeline=self.timeline)
        own = event(mention(claimed.key, of))
        if self.store.find_event(self.timeline, own.id):
            change = Change(type="removed", event_id=own.id)
            removed = {"removed": (own.mentions[0].id,), "events_removed": (own.id,)}
            self.commit(claimed, plan(of, **removed, changes=(change,)), found)
        else:
            self.commit(claimed, plan(of), found)

    def commit(self, claimed, made, found=None) -> None:
        try:
            self.store.commit(
                claimed,
                "token",
                reading=found or reading(*made.added),
                plan=made,
                rows=[row(each) for each in made.events],
                expected_revision=self.store.find_revision(self.timeline)[0],
            )
        except LostClaimError:
            assert self.store.find_article(claimed.id).version > claimed.version

    def give_up(self, _) -> None:
        if self.held:
            claimed = self.held.pop()
            try:
                self.store.give_up("token", claimed.id)
            except LostClaimError:
                assert self.store.find_article(claimed.id).version > claimed.version

    def release(self, _) -> None:
        self.store.release("token")
        self.held = []

    def replace(self, number) -> None:
        found = self.store.find_article(article(number, timeline=self.timeline).id)
        if found:
            text = f"Version {found.version + 1}"
            new = article(number, timeline=self.timeline, text=text)
            self.store.replace_article(found.id, new, found.version)

    def drain(self) -> None:
        """Leave nothing behind that the next history could claim."""
        while self.held or self.store.waiting():
            self.claim(9)
            self.fail(None)


def counted(connection, table, column, timeline) -> dict[str, int]:
    rows = select(table.c[column], func.count()).where(table.c.timeline == timeline)
    return dict(connection.execute(rows.group_by(table.c[column])).all())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=5, max_size=40))
def test_kept_counts_and_revisions_are_true_after_any_history(store, store_url, steps):
    history = History(store)
    history.add(0)
    history.run(steps)
    kept = store.find_timeline(history.timeline)
    database = Database(store_url)
    with database.reading() as connection:
        by_status = counted(connection, articles, "status", history.timeline)
        by_outcome = counted(connection, articles, "outcome", history.timeline)
        by_kind = counted(connection, events, "kind", history.timeline)
        own = select(changes.c.revision).where(changes.c.timeline == history.timeline)
        revisions = connection.execute(own.order_by(changes.c.revision)).scalars().all()
    database.close()
    true = {name: by_status.get(name, 0) for name in kept.articles}
    true["nothing_to_tell"] = by_outcome.get("nothing_to_tell", 0)
    assert kept.articles == true
    assert kept.events == {name: by_kind.get(name, 0) for name in kept.events}
    assert revisions == list(range(1, kept.revision + 1)), "gapless"
