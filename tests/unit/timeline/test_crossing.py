"""Which mentions in two languages are one event, and which names two scripts share."""

from dataclasses import replace

import pytest

from service.timeline import crossing
from service.timeline.links import blocks, find_link
from service.timeline.model import Kind, Status
from service.timeline.relations import fulfilment
from service.timeline.transliteration import keys
from tests.making import head, mention, on, reported

ENGLISH, PERSIAN = head("en"), head("fa")


def english(**fields):
    base = {
        "date": on("2026-01-26"),
        "terms": ("23", "depot", "kill", "port"),
        "names": ("khales",),
    }
    told = {"trigger": "kill", "trigger_class": "kill"}
    return replace(mention(ENGLISH), **(base | told | fields))


def persian(**fields):
    base = {"date": on("2026-01-26"), "terms": ("23", "انبار", "بندر", "خالص"), "names": ()}
    told = {"trigger": "کشتن", "trigger_class": "kill", "glosses": ("depot", "port", "warehous")}
    return replace(mention(PERSIAN, language="fa"), **(base | told | fields))


@pytest.mark.parametrize(
    "latin,arabic",
    [
        ("khales", "خالص"),
        ("tehran", "تهران"),
        ("isfahan", "اصفهان"),
        ("shayan", "شایان"),
        ("mohammad", "محمد"),
        ("navid", "نوید"),
        ("ghasemi", "قاسمی"),
        ("zahedan", "زاهدان"),
        ("khamenei", "خامنه‌ای"),
        ("pezeshkian", "پزشکیان"),
        ("dashtban", "دشتبان"),
    ],
)
def test_two_spellings_of_a_name_share_a_key(latin, arabic):
    assert keys(latin) & keys(arabic)


@pytest.mark.parametrize(
    "latin,arabic", [("khales", "خلیج"), ("tehran", "تبریز"), ("navid", "ناهید"), ("ali", "علی")]
)
def test_other_names_and_short_ones_share_none(latin, arabic):
    assert not keys(latin) & keys(arabic)


def test_one_day_with_a_class_a_name_and_a_figure_is_one_event():
    link = find_link(english(), persian())
    assert link is not None
    assert link == find_link(persian(), english())


@pytest.mark.parametrize(
    "common",
    [
        {"terms": ("23",), "glosses": ()},
        {"terms": ("خالص",), "glosses": ()},
        {"terms": (), "glosses": ("depot", "port")},
    ],
    ids=["figure", "name", "things"],
)
def test_the_class_and_one_more_are_enough_on_one_day(common):
    assert crossing.may_be_one(english(), persian(**common))


@pytest.mark.parametrize(
    "common",
    [
        {"terms": (), "glosses": ()},
        {"terms": ("4",), "glosses": ("govern",)},
        {"terms": ("23",), "glosses": (), "trigger_class": "protest"},
    ],
    ids=["class alone", "other figure", "figure alone"],
)
def test_less_is_not_enough(common):
    assert not crossing.may_be_one(english(), persian(**common))


def test_another_day_is_another_event():
    assert find_link(english(), persian(date=on("2026-01-24"))) is None


def test_a_day_within_a_named_month_may_be_one():
    month = on("2026-01-01", "2026-01-31")
    assert crossing.may_be_one(english(date=month), persian())


def test_an_inferred_day_asks_for_a_third():
    inferred = reported("2026-01-27")
    assert crossing.may_be_one(english(), persian(date=inferred))
    assert not crossing.may_be_one(english(), persian(date=inferred, terms=("23",), glosses=()))


def test_different_known_places_are_never_one():
    assert not crossing.may_be_one(english(places=("Kabul",)), persian(places=("Baghdad",)))


def test_one_class_in_the_others_words_is_what_happened():
    forced = english(
        trigger="force", trigger_class="", terms=("clos", "forc", "pupil", "school"), names=()
    )
    closed = persian(trigger_class="close", glosses=("clos", "pupil", "school", "street"), terms=())
    assert crossing.may_be_one(forced, closed)
    assert not crossing.may_be_one(forced, replace(closed, trigger_class="open"))


def test_the_pair_is_looked_for_by_its_name_alone():
    assert blocks(english(terms=())) & blocks(persian(glosses=(), terms=("خالص",)))


def test_a_plan_told_in_one_language_is_fulfilled_in_the_other():
    later = head("later", published="2026-01-29")
    held = replace(english(date=on("2026-01-28")), published_utc=later.published_utc)
    planned = {"kind": Kind.PLANNED, "status": Status.PLANNED, "date": on("2026-01-28")}
    assert fulfilment(persian(**planned), held) > 0
    assert not fulfilment(persian(**planned, trigger_class="meet", glosses=(), terms=()), held)


@pytest.mark.parametrize("terms,joined", [(("35", "streik"), True), (("streik",), False)])
def test_other_languages_meet_by_name_and_figure(terms, joined):
    told = mention(PERSIAN, language="de", names=("khales",), terms=terms, date=on("2026-01-26"))
    assert crossing.may_be_one(english(terms=("35", "walk")), told) is joined
