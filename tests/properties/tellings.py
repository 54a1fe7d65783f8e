"""Strategies: articles that come in several versions, and ways to their last ones.

Versions of an article differ in what they tell and in when, by whom and after whom it was
published; some are retracted. What they tell points at one another in chains and in circles.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from service.timeline.model import Basis, Certainty, Kind, Pointer, Pointing, Status
from tests.making import head, mention, on, reported, since

KINDS = (*(Kind.HAPPENING,) * 4, Kind.STATEMENT, Kind.PLANNED)
CERTAINTIES = (*(Certainty.ASSERTED,) * 4, Certainty.REPORTED, Certainty.DENIED)
NAMES = ("lima", "cusco", "peru")
TERMS = ("quak", "kill", "dozen", "hit", "rescu", "trial")
PERSIAN = {"lima": "لیماه", "cusco": "کوسکو", "peru": "پروان"}
CLASSES = ("", "", "kill", "quake", "trial")
DAYS = ("2026-01-20", "2026-01-21", "2026-01-22", "2026-01-25")
PUBLISHED = ("2026-01-21", "2026-01-22", "2026-01-25", "2026-01-26")
ARTICLES = 5
ONE_TEXT = tuple(range(64))
COPIED = (*range(60), 0, 0, 0, 0)
OTHER_TEXT = tuple(range(100, 164))
SIGNATURES = ((), ONE_TEXT, COPIED, OTHER_TEXT)


@st.composite
def heads(draw, key):
    """A head of the article `key`: one of few outlets, perhaps a copy, perhaps a retelling."""
    return head(
        key,
        draw(st.sampled_from(PUBLISHED)),
        publisher=draw(st.sampled_from((None, "Lima Post", "Andes Wire"))),
        title=draw(st.sampled_from((None, "Quake hits Lima"))),
        signature=draw(st.sampled_from(SIGNATURES)),
        credits=draw(st.sampled_from(((), (), ("andes wire",), ("absent agency",)))),
    )


@st.composite
def dates(draw, published):
    form = draw(st.sampled_from(("day", "day", "reported", "reported", "span", "since", "near")))
    first = draw(st.sampled_from(DAYS))
    if form == "reported":
        return reported(published)
    if form == "since":
        return since(first, first, "2026-01-27")
    if form == "near":
        return on(first, "2026-01-28", basis=Basis.ANCHORED)
    return on(first, "2026-01-31" if form == "span" else None)


@st.composite
def pointers(draw, targets):
    """Dated from one of `targets`, in any way."""
    relation = draw(st.sampled_from(Pointing))
    least = draw(st.integers(-3, 3)) if relation is Pointing.APART else None
    return Pointer(
        target=draw(st.sampled_from(targets)), relation=relation, least=least, most=least
    )


@st.composite
def words(draw, language):
    """Names and terms; in Persian those of its own, with English stems beside them."""
    names = sorted(draw(st.sets(st.sampled_from(NAMES), max_size=2)))
    terms = tuple(sorted(draw(st.sets(st.sampled_from((*TERMS, "12", "40")), min_size=2))))
    if language == "en":
        return {"names": tuple(names), "terms": terms}
    numbers = tuple(each for each in terms if each[0].isdigit())
    glosses = tuple(each for each in terms if each not in numbers)
    own = {"names": tuple(sorted(PERSIAN[each] for each in names)), "terms": (*numbers, "زلزله")}
    return {**own, "glosses": glosses, "language": language}


@st.composite
def tellings(draw, article):
    """The mentions of one version of `article`, in English or Persian."""
    found = []
    language = draw(st.sampled_from(("en", "en", "fa")))
    for number in range(draw(st.integers(0, 3))):
        undone = draw(st.integers(0, 5)) == 0
        kind = draw(st.sampled_from(KINDS))
        status = Status.PLANNED if kind is Kind.PLANNED else Status.HAPPENED
        earlier = [each.id for each in found]
        found.append(
            mention(
                article,
                quote=f"sentence {number} {draw(st.integers(0, 1))}",
                start=number * 20,
                date=draw(dates(article.published_at)),
                kind=kind,
                status=Status.CANCELLED if undone else status,
                certainty=draw(st.sampled_from(CERTAINTIES)),
                pointer=draw(st.none() | pointers(earlier)) if earlier else None,
                about=tuple(earlier) if kind is Kind.STATEMENT else (),
                lead=number == 0,
                trigger_class=draw(st.sampled_from(CLASSES)),
                **draw(words(language)),
            )
        )
    if len(found) > 1 and draw(st.booleans()):
        found[0] = replace(found[0], pointer=draw(pointers([each.id for each in found[1:]])))
    return tuple(found)


@st.composite
def versions(draw, key):
    """(head, mentions) of one version of the article `key`."""
    about = draw(heads(key))
    return about, draw(tellings(about))


@st.composite
def ways(draw):
    """(last versions, a way there): stale versions, repeats and retractions in any order."""
    last = [draw(versions(f"a{number}")) for number in range(ARTICLES)]
    steps = []
    for about, mentions in last:
        stale = draw(st.lists(versions(about.key) | heads(about.key).map(retracted), max_size=2))
        repeats = draw(st.integers(1, 2))
        steps.append([*stale, *([(about, mentions)] * repeats)])
    way = []
    while any(steps):
        waiting = [own for own in steps if own]
        way.append(draw(st.sampled_from(waiting)).pop(0))
    return last, way


def retracted(about):
    """The version of an article that is gone."""
    return about, ()
