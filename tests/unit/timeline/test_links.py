from dataclasses import replace

import pytest

from service.temporal.interval import Granularity
from service.timeline.links import LINKED, blocks, find_link
from service.timeline.model import Basis, Kind, Pointer, Pointing, Status
from service.timeline.vetoes import is_vetoed
from service.timeline.weights import likeness
from service.timeline.windows import named_day, window
from tests.making import day, head, mention, on, reported, since

ONE, OTHER = head("a1"), head("a2")


def pair(mine=None, yours=None, **common):
    mine, yours = mine or {}, yours or {}
    one = mention(ONE, **({"quote": "one"} | common | mine))
    return one, mention(OTHER, **({"quote": "other"} | common | yours))


def test_two_articles_that_tell_the_same_are_linked_in_id_order():
    one, other = pair()
    link = find_link(one, other)
    assert link == find_link(other, one)
    assert (link.first, link.second) == tuple(sorted((one.id, other.id)))
    assert LINKED <= link.weight < 1


@pytest.mark.parametrize(
    "mine,yours",
    [
        ({"kind": Kind.STATEMENT}, {}),
        ({"kind": Kind.PLANNED}, {}),
        ({"status": Status.CANCELLED}, {}),
        ({"status": Status.DID_NOT_HAPPEN}, {}),
        ({"date": on("2026-01-20")}, {"date": on("2026-01-22")}),
        ({"date": on("2026-01-19")}, {"date": reported("2026-01-27")}),
        ({"date": on("2026-01-01", "2026-01-31")}, {"date": on("2026-02-02", "2026-02-09")}),
        ({"date": on("2026-01-20")}, {"date": since("2026-01-20", "2026-01-20", "2026-01-27")}),
        ({"date": on("2025-01-01", "2025-12-31")}, {"date": on("2025-12-31")}),
    ],
)
def test_contradictions_are_vetoed(mine, yours):
    one, other = pair(mine, yours)
    assert is_vetoed(one, other)
    assert is_vetoed(other, one)
    assert find_link(one, other) is None


@pytest.mark.parametrize(
    "mine,yours",
    [
        (on("2026-01-26"), on("2026-01-26")),
        (on("2026-01-26"), reported("2026-01-27")),
        (on("2026-01-20"), reported("2026-01-27")),
        (on("2026-01-27"), on("2026-01-23", basis=Basis.INHERITED, latest=day("2026-01-28"))),
        (on("2026-01-01", "2026-01-31"), on("2026-01-26")),
        (reported("2026-01-25"), reported("2026-01-27")),
        (
            since("2025-12-21", "2025-12-31", "2026-01-27"),
            since("2025-12-29", "2025-12-29", "2026-01-28"),
        ),
    ],
)
def test_dates_that_touch_may_be_one_event(mine, yours):
    one, other = pair({"date": mine}, {"date": yours})
    assert find_link(one, other) is not None


def test_named_days_one_apart_disagree_only_when_all_else_is_the_same():
    same = pair({"date": on("2026-01-25")}, {"date": on("2026-01-26")})
    assert find_link(*same) is not None
    terms = {"date": on("2026-01-26"), "terms": ("dozen", "flood", "rescu", "street")}
    assert find_link(*pair({"date": on("2026-01-25")}, terms)) is None


def test_one_article_never_tells_one_event_on_two_named_days():
    one = mention(ONE, date=on("2026-01-25"))
    other = mention(ONE, ordinal=1, date=on("2026-01-26"))
    assert is_vetoed(one, other)


def test_names_must_be_shared_where_both_have_names():
    assert find_link(*pair({"names": ("lima",)}, {"names": ("cusco",)})) is None


WORDS = ("council", "hall", "market", "roof", "storm", "tore")


@pytest.mark.parametrize(
    "mine, yours, linked",
    [
        (("alma", "port"), ("beth", "port"), False),
        (("graham", "iran"), ("iran", "khales"), False),
        (("khales",), ("javid", "khales"), True),
        (("iran", "khales", "tehran"), ("iran", "khales"), True),
        (("alma",), (), True),
    ],
)
def test_most_of_the_fewer_names_are_shared(mine, yours, linked):
    one, other = pair({"names": mine}, {"names": yours}, terms=WORDS)
    assert (find_link(one, other) is not None) == linked


def test_rare_words_say_more_than_common_ones():
    assert likeness(("quak", "peopl"), ("quak", "man")) > likeness(("peopl",), ("peopl", "quak"))
    assert likeness(("quak",), ("storm",)) == 0.0


def test_a_common_trigger_links_what_is_less_alike():
    words = (
        {"terms": ("crew", "gate", "harbour", "night")},
        {"terms": ("gate", "harbour", "men", "police")},
    )
    assert find_link(*pair(*words, names=())) is None
    assert find_link(*pair(*words, names=(), trigger_class="arrest")) is not None


def test_the_leads_of_two_articles_need_less_in_common():
    words = ({"terms": ("gate", "harbour", "night")}, {"terms": ("harbour", "police", "men")})
    assert find_link(*pair(*words, names=())) is None
    assert find_link(*pair(*words, names=(), lead=True, trigger_class="burn")) is not None
    apart = ({"terms": ("gate", "night")}, {"terms": ("police", "men")})
    assert find_link(*pair(*apart, names=(), lead=True, trigger_class="burn")) is None


def test_clauses_that_are_alike_are_kept_apart_by_their_sentences():
    words = ({"terms": ("gate", "harbour", "night")}, {"terms": ("gate", "harbour", "men")})
    assert find_link(*pair(*words, names=())) is not None
    mine, yours = ("crew", "flame", "tanker"), ("judge", "trial", "verdict")
    sentences = [each | {"sentence": more} for each, more in zip(words, (mine, yours), strict=True)]
    assert find_link(*pair(*sentences, names=())) is None


def test_two_clauses_of_one_sentence_tell_two_things():
    date = on("2026-01-25")
    assert is_vetoed(mention(ONE, date=date), mention(ONE, ordinal=1, date=date))
    assert not is_vetoed(mention(ONE, date=date), mention(ONE, ordinal=1, date=date, start=90))


def test_opposite_triggers_never_tell_one_event():
    assert find_link(*pair({"trigger_class": "open"}, {"trigger_class": "close"})) is None


def test_texts_without_names_are_linked_by_their_words():
    assert find_link(*pair(names=())) is not None


def test_headline_and_first_sentence_of_one_article_need_less():
    common = {"lead": True, "terms": ("hit", "quak")}
    longer = ("destroy", "dozen", "hit", "morn", "quak", "south", "wednesday")
    one = mention(ONE, quote="one", **common)
    other = mention(ONE, quote="other", lead=True, terms=("hit", "quak", *longer))
    assert find_link(one, other) is not None


def test_windows_are_the_days_on_which_it_may_have_been():
    assert window(mention(date=reported("2026-01-27"))) == (day("2026-01-20"), day("2026-01-28"))
    lasting = since("2025-12-21", "2025-12-31", "2026-01-27")
    assert window(mention(date=lasting)) == (day("2025-12-21"), day("2025-12-31"))
    by = on("2026-01-27", start=None)
    assert window(mention(date=by)) == (day("2026-01-27"), day("2026-01-27"))


def test_only_an_explicit_day_is_a_named_day():
    assert named_day(mention(date=on("2026-01-26"))) == day("2026-01-26")
    month = on("2026-01-01", "2026-01-31", granularity=Granularity.MONTH)
    assert named_day(mention(date=month)) is None
    assert named_day(mention(date=reported("2026-01-27"))) is None
    assert named_day(mention(date=on("2026-01-27", basis=Basis.PLANNED))) is None


def test_every_linked_pair_shares_a_block():
    one, other = pair({"date": on("2026-02-05")}, {"date": on("2026-02-06")})
    assert find_link(one, other) is not None
    assert blocks(one) & blocks(other)


def test_the_number_of_blocks_does_not_grow_with_the_text():
    long = mention(names=(), terms=tuple(f"word{n}" for n in range(500)))
    assert len(blocks(long)) <= 12


def test_what_only_names_an_event_is_linked_to_what_tells_it():
    told = mention(head("a1"), quote="Thieves rob a bank", names=("lima",), terms=("bank", "rob"))
    pointer = Pointer(target=told.id, relation=Pointing.WITHIN)
    named = mention(
        head("a1"),
        quote="The entire robbery was over soon.",
        start=90,
        names=(),
        terms=("minut",),
        opens=False,
        pointer=pointer,
    )
    assert find_link(told, named) is not None
    assert find_link(told, replace(named, pointer=None)) is None
