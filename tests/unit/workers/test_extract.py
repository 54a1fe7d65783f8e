import pytest

from service.documents.jsontext import loads
from service.errors import UnreadableArticleError
from service.timeline.model import Basis, Certainty, Kind, Status
from tests.making import claimed, day
from workers.grammar.analysis import build
from workers.pipeline import read_batch

BODY = (
    "The council of Aldwick met again.\n\nThe old bridge across the Wend had been closed for years."
)


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.fixture
def read(analyser):
    def read_one(text, **posted):
        ((_, found),) = read_batch([claimed(text=text, language="en", **posted)], analyser)
        return found

    return read_one


@pytest.fixture
def tell(read):
    """The mention of one sentence that stands below a lead that tells nothing."""

    def tell_one(sentence, **posted):
        lead = "The river is wide and slow, and the valley is a quiet place in every season."
        told = read(f"{lead}\n\n{sentence}", **posted).mentions
        happenings = [each for each in told if each.kind is not Kind.STATEMENT]
        return (happenings or told)[0]

    return tell_one


def test_a_sentence_with_a_day_is_a_happening_on_it(tell):
    found = tell("The old bridge of Aldwick collapsed on Monday.")
    assert (found.kind, found.status) == (Kind.HAPPENING, Status.HAPPENED)
    assert (found.date.start, found.date.end) == (day("2026-01-26"), day("2026-01-26"))
    assert found.date.basis is Basis.EXPLICIT
    assert found.names == ("aldwick",)
    assert found.terms == ("bridg", "collaps", "old")


def test_the_evidence_is_the_expression_that_dated_it(tell):
    (evidence,) = tell("The old bridge of Aldwick collapsed on Monday.").evidence
    document = loads(evidence)
    assert (document["text"], document["earliest"]) == ("Monday", "2026-01-26")
    assert document["derivation"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The council said Monday that the bridge was unsafe.",
        "On Monday, officials said the bridge was unsafe.",
        "The bridge was unsafe, the council announced late Monday.",
        "The mayor told reporters on Monday that the bridge was unsafe.",
    ],
)
def test_a_reporting_verb_owns_its_weekday(tell, sentence):
    found = tell(sentence)
    assert found.kind is Kind.STATEMENT
    assert found.date.start == day("2026-01-26")


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor said the bridge collapsed on Monday.",
        "A van that had stopped on the bridge fell into the river on Monday, the mayor said.",
    ],
)
def test_a_day_beside_another_verb_is_no_statements_day(tell, sentence):
    assert tell(sentence).kind is Kind.HAPPENING


def test_the_day_of_what_is_reported_beats_the_day_of_the_report(tell):
    found = tell("The council said Monday that the bridge collapsed on 3 January.")
    assert (found.kind, found.date.start) == (Kind.HAPPENING, day("2026-01-03"))


@pytest.mark.parametrize(
    "sentence,start",
    [
        ("The council will vote on the bridge on 12 February.", "2026-02-12"),
        ("The vote is expected to take place next Tuesday.", "2026-02-03"),
    ],
)
def test_what_is_to_come_is_planned(tell, sentence, start):
    found = tell(sentence)
    assert (found.kind, found.status) == (Kind.PLANNED, Status.PLANNED)
    assert found.date.start == day(start)


def test_what_may_come_is_possible(tell):
    found = tell("The bridge could reopen on 12 February.")
    assert found.status is Status.POSSIBLE


def test_what_was_called_off_is_cancelled(tell):
    assert tell("The fair was called off on Monday.").status is Status.CANCELLED


def test_what_did_not_happen_says_so(tell):
    assert tell("The council did not vote on Monday.").status is Status.DID_NOT_HAPPEN


@pytest.mark.parametrize(
    "sentence,certainty",
    [
        ("He allegedly cut the ropes on Monday.", Certainty.ALLEGED),
        ("The ropes were cut on Monday, according to the council.", Certainty.REPORTED),
        ("The ropes were cut on Monday.", Certainty.ASSERTED),
    ],
)
def test_hedges_are_kept(tell, sentence, certainty):
    assert tell(sentence).certainty is certainty


def test_since_with_a_perfect_goes_on(tell):
    found = tell("The bridge has been closed since late December.")
    date = found.date
    assert (date.start, date.start_latest) == (day("2025-12-21"), day("2025-12-31"))
    assert (date.end, date.as_of, date.ongoing) == (day("2026-01-27"), day("2026-01-27"), True)
    assert found.status is Status.ONGOING


def test_since_an_event_with_a_date_counts_from_it(tell):
    found = tell("Twelve people have been hurt since the floods began in late December.")
    assert (found.date.durative, found.date.ongoing) == (True, True)


def test_a_joined_range_lasts(tell):
    date = tell("The floods covered the valley from 2 to 5 January.").date
    assert (date.durative, date.start, date.end) == (True, day("2026-01-02"), day("2026-01-05"))


def test_a_stretch_around_publication_ends_there_for_what_happened(tell):
    date = tell("The valley was flooded twice in January 2026.").date
    assert (date.start, date.end) == (day("2026-01-01"), day("2026-01-27"))
    assert date.latest == day("2026-01-28")


@pytest.mark.parametrize(
    "sentence",
    [
        "The 2024 election was a quiet one for the valley and the town.",
        "The bridge was closed for three months.",
        "The council meets every Monday and has done so for ages.",
        "The bridge was recently painted.",
        "The valley had a mill in the 1950s.",
    ],
)
def test_modifiers_durations_sets_and_vague_words_date_nothing(read, sentence):
    told = [each for each in read(f"{BODY}\n\n{sentence}").mentions if not each.lead]
    assert [each.headline for each in told if each.date.basis is Basis.EXPLICIT] == []


def test_an_undated_lead_is_dated_by_its_report(read):
    (found,) = read("The old bridge of Aldwick collapsed into the river.").mentions
    date = found.date
    assert (date.basis, date.inferred, found.lead) == (Basis.REPORTED, True, True)
    assert (date.start, date.end) == (day("2026-01-27"), day("2026-01-27"))
    assert (date.earliest, date.latest) == (None, day("2026-01-28"))


def test_a_lead_keeps_the_day_of_its_report_as_a_bound(read):
    found, statement = read(
        "The old bridge of Aldwick collapsed, the council said Monday."
    ).mentions
    assert statement.kind is Kind.STATEMENT
    assert (found.kind, found.date.basis) == (Kind.HAPPENING, Basis.REPORTED)
    assert (found.date.start, found.date.latest) == (day("2026-01-26"), day("2026-01-26"))


def test_a_planned_lead_is_open_after_publication(read):
    (found,) = read("The old bridge of Aldwick will be torn down.").mentions
    assert (found.kind, found.date.basis) == (Kind.PLANNED, Basis.PLANNED)
    assert (found.date.start, found.date.end) == (day("2026-01-27"), None)


def test_headline_and_first_sentence_both_lead(read):
    found = read("Old bridge collapses in Aldwick\n\nThe old bridge of Aldwick collapsed.").mentions
    assert [(each.role, each.lead) for each in found] == [("headline", True), ("prose", True)]


def test_a_title_without_a_copy_in_the_text_is_quoted_from_the_title(read):
    title = "Old bridge collapses in Aldwick"
    found = read("The old bridge of Aldwick fell.", title=title).mentions
    assert (found[0].within, found[0].quote) == ("title", title)
    assert found[1].within == "text"


def test_a_title_with_a_copy_is_quoted_from_the_text(read):
    title = "Old bridge collapses in Aldwick"
    found = read(f"{title}\n\nThe old bridge of Aldwick fell.", title=title).mentions
    assert [each.within for each in found] == ["text", "text"]


def test_a_dated_caption_is_evidence_and_an_undated_one_is_skipped(read):
    lead = "The old bridge across the Wend in Aldwick collapsed and fell into the river below."
    text = f"{lead}\n\nDivers searched the river on Monday. Jo Lund/Wend News\n\n{lead[:-1]} again."
    found = read(text)
    assert {each.role for each in found.mentions} == {"prose", "caption"}
    undated = read(text.replace(" on Monday", ""))
    assert {each.role for each in undated.mentions if each.opens} == {"prose"}
    assert "caption without a date" in {each["why"] for each in loads(undated.reading.skipped)}


def test_a_long_sentence_is_quoted_around_its_date(tell):
    filler = "which nobody in the valley had ever seen before in such a state, "
    sentence = f"The bridge, {filler * 12}collapsed on Monday, {filler * 3}and was gone."
    found = tell(sentence)
    assert len(found.quote) <= 600
    assert "Monday" in found.quote
    assert found.quote in sentence


def test_equal_sentences_have_different_ids(read):
    text = f"{BODY}\n\nIt burned on Monday.\n\nIt burned on Monday."
    ids = [each.id for each in read(text).mentions if each.quote == "It burned on Monday."]
    assert len(set(ids)) == 2


def test_the_article_lists_what_it_told(read):
    found = read(f"{BODY}\n\nIt burned on Monday.")
    assert [identifier for identifier, _ in found.reading.mentions] == [
        each.id for each in found.mentions
    ]
    assert loads(found.reading.mentions[-1][1])["quote"] == "It burned on Monday."
    assert loads(found.reading.expressions[-1])["text"] == "Monday"
    assert (found.reading.outcome, found.reading.level) == ("told", "full")


@pytest.mark.parametrize(
    "text,language,codes",
    [
        ("Ports should be patient. Unions must be patient as well.", "en", ["commentary_only"]),
        ("Why now?", "en", ["too_short"]),
        ("It is what it is and that is all there is.", "en", ["commentary_only"]),
    ],
)
def test_an_article_that_tells_nothing_says_why(analyser, text, language, codes):
    ((_, read),) = read_batch([claimed(text=text, language=language)], analyser)
    assert read.mentions == ()
    assert read.reading.outcome == "nothing_to_tell"
    assert [each["code"] for each in loads(read.reading.notices)] == codes


def test_another_language_gives_its_lead_and_is_trusted_less(analyser):
    text = "Die alte Brücke über die Wend ist eingestürzt, niemand wurde dabei verletzt."
    ((_, read),) = read_batch([claimed(text=text, language="de-AT")], analyser)
    (found,) = read.mentions
    assert found.date.confidence <= 0.6
    assert read.reading.language == "de"
    codes = [each["code"] for each in loads(read.reading.notices)]
    assert codes == ["unsupported_language", "no_dates"]


def test_an_unknown_zone_is_said(read):
    found = read("The old bridge of Aldwick collapsed.", published_at="2026-01-27T10:00:00Z")
    assert [each["code"] for each in loads(found.reading.notices)] == ["zone_unknown"]


def test_a_zone_that_the_text_proves_stands_in_the_derivation(read):
    text = "Updated 8:40 p.m. ET\n\nThe old market hall in Lima burned down today, the mayor said."
    found = read(text, published_at="2026-01-27T01:40:00Z")
    today = next(each for each in map(loads, found.reading.expressions) if each["text"] == "today")
    assert (today["value"], today["derivation"][0]["rule"]) == ("2026-01-26", "zone")
    assert loads(found.reading.notices) == []


def test_a_publication_that_cannot_be_read_fails_the_article(analyser):
    with pytest.raises(UnreadableArticleError):
        list(read_batch([claimed(text="It burned."), _broken()], analyser))


def test_articles_before_a_broken_one_are_read(analyser):
    readings = read_batch([claimed(text="It burned on Monday."), _broken()], analyser)
    assert next(readings)[1].mentions


def _broken():
    from dataclasses import replace

    fine = claimed(text="It burned.")
    return replace(fine, head=replace(fine.head, published_at="yesterday"))


def test_a_report_that_somebody_denies_is_kept_against_those_who_tell_it(read):
    text = "ALDWICK (Mail) - The chief of the firm denied a report that the mill had been sold."
    (denied,) = (each for each in read(text).mentions if each.trigger == "sell")
    assert (denied.certainty, denied.opens) == (Certainty.DENIED, False)
