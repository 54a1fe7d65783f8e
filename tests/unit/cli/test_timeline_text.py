"""Timeline documents as lines of text."""

import pytest

from service.cli.terminal import Terminal, columns
from service.cli.timeline_text import BRIEF, timeline_lines


def source(publisher, quote, **more):
    return {
        "article_id": f"art_{publisher}",
        "publisher": publisher,
        "published_at": "2026-01-27T10:00:00+01:00",
        "quote": quote,
        "role": "body",
        **more,
    }


def event(headline, start, *, display, end=None, sources=(), **more):
    date = {"start": start, "end": end or start, "display": display, "confidence": 0.9}
    known = {"kind": "happening", "status": "happened", "certainty": "asserted"}
    return {
        "headline": headline,
        "date": date,
        "sources": sources,
        "conflicts": [],
        **known,
        **more,
    }


STRIKE = event(
    "Dockers walk out",
    "2025-12-21",
    end="2025-12-31",
    display="late December 2025",
    sources=[
        source("Coast Post", "The walk-out began in late December.", role="caption"),
        source("Harbour Daily", "Dockers stopped work on 28 December."),
    ],
    conflicts=[
        {
            "field": "date",
            "values": [
                {"value": "2025-12-28", "article_ids": ["art_Harbour Daily"]},
                {"value": "2025-12-29", "article_ids": ["art_Coast Post", "art_9"]},
            ],
        }
    ],
)
RULING = event(
    "Court frees the secretary",
    "2026-01-27",
    display="27 January 2026",
    certainty="alleged",
    sources=[source("Coast Post", "A court freed the secretary on Tuesday.")],
)
TIMELINE = {
    "timeline": "harbour",
    "title": "The harbour strike",
    "pending": 2,
    "counts": {"articles": {"processed": 3, "failed": 1}, "events": {"happening": 2}},
}


def lines(*events, document=TIMELINE, **terminal):
    return list(timeline_lines(document, events, Terminal(**terminal)))


def test_the_head_names_the_timeline_and_counts_what_is_in_it():
    assert lines(STRIKE)[1:3] == [
        " The harbour strike",
        " timeline harbour · 2 events from 3 articles · 1 failed · 2 still being read",
    ]


def test_events_stand_under_their_month_in_the_order_given():
    text = "\n".join(lines(STRIKE, RULING))
    places = [
        text.index(each)
        for each in (" December 2025 ─", "Dockers walk", " January 2026 ─", "Court frees")
    ]
    assert places == sorted(places)


def test_an_event_shows_date_confidence_headline_sources_and_conflicts():
    assert lines(STRIKE)[6:-1] == [
        "        late December 2025 ○  Dockers walk out",
        "                  90% sure │  Coast Post 2026-01-27, caption",
        "                           │    “The walk-out began in late December.”",
        "                           │  Harbour Daily 2026-01-27",
        "                           │    “Dockers stopped work on 28 December.”",
        "                           │  Sources differ on date: 2025-12-28 (Harbour",
        "                           │  Daily); 2025-12-29 (Coast Post, art_9)",
        "                           │",
    ]


def test_a_firm_day_is_marked_otherwise_than_a_stretch():
    assert any("27 January 2026 ●  Court" in line for line in lines(RULING))


def test_what_is_out_of_the_ordinary_is_said():
    assert any(line.endswith("│  alleged") for line in lines(RULING))


@pytest.mark.parametrize("width", [40, 71, 72, 80, 110])
def test_no_line_is_wider_than_the_terminal(width):
    long = event("A very long headline " * 8, "2026-01-27", display="27 January 2026")
    long["sources"] = [source("Coast Post", "A quote that goes on " * 40)]
    assert max(map(columns, lines(STRIKE, long, RULING, width=width))) <= width


def test_a_long_quote_is_cut_after_three_lines():
    long = event("Headline", "2026-01-27", display="27 January 2026")
    long["sources"] = [source("Coast Post", "word " * 100)]
    quoted = [line for line in lines(long) if "word" in line]
    assert len(quoted) == 3
    assert quoted[-1].endswith("…”")


def test_an_article_that_tells_it_twice_is_named_once():
    twice = event("Headline", "2026-01-27", display="27 January 2026")
    twice["sources"] = [source("Coast Post", "Once."), source("Coast Post", "Twice.")]
    text = "\n".join(lines(twice))
    assert text.count("Coast Post") == 1
    assert text.index("“Once.”") < text.index("“Twice.”")


def test_brief_shows_two_lines_of_each_quote_and_counts_the_rest():
    many = event("Headline", "2026-01-27", display="27 January 2026")
    many["sources"] = [source(f"Post {number}", "word " * 100) for number in range(5)]
    shown = list(timeline_lines(TIMELINE, [many], Terminal(), BRIEF))
    assert sum("word" in line for line in shown) == 6
    assert any(line.endswith("│  and 2 more") for line in shown)


def test_an_open_start_stands_under_its_end():
    early = event("Talks end", None, end="2026-01-02", display="by 2 January 2026")
    del early["date"]["start"]
    assert any(line.startswith(" January 2026 ─") for line in lines(early))


def test_a_hostile_headline_cannot_move_the_cursor():
    hostile = event("\x1b[2JGone\x07", "2026-01-27", display="27 January 2026")
    assert not any("\x1b" in line or "\x07" in line for line in lines(hostile))


def test_an_empty_timeline_says_so():
    assert lines()[-1] == " No events."


def test_what_a_service_leaves_out_is_left_out():
    assert lines({"date": {}}, document={})


def lines_of(*events, **terminal):
    return "\n".join(timeline_lines(TIMELINE, events, Terminal(**terminal)))


def test_a_sentence_that_two_clauses_quote_is_shown_once():
    twice = [source("Coast Post", "He refused and was arrested.") for _ in range(2)]
    shown = lines_of(event("He was arrested", "2026-01-27", display="27 January", sources=twice))
    assert shown.count("He refused and was arrested.") == 1


def test_marks_within_a_quote_are_single():
    told = [source("Coast Post", "“We will not go,” he said.")]
    shown = lines_of(event("He stays", "2026-01-27", display="27 January", sources=told))
    assert "“‘We will not go,’ he said.”" in shown


def test_copies_are_told_from_independent_sources():
    told = [source("Coast Post", "It burned."), source("Harbour Daily", "It burned.")]
    of = {"sources": told, "source_count": 2, "independent_source_count": 1}
    shown = lines_of(event("It burned", "2026-01-27", display="27 January", **of))
    assert "2 articles, 1 of them independent" in shown


def test_a_plan_names_what_it_became_and_a_statement_what_it_speaks_of():
    talks = event("The talks failed", "2026-01-27", display="27 January", id="evt_1")
    plan = event(
        "Talks will be held",
        "2026-01-27",
        display="planned, after 20 January 2026",
        kind="planned",
        status="planned",
        fulfilled_by="evt_1",
    )
    said = event("The mayor spoke", "2026-01-27", display="27 January", about=["evt_1", "evt_9"])
    shown = lines_of(talks, plan, said)
    assert "came true: The talks failed" in shown
    assert "on: The talks failed" in shown
    assert "evt_9" not in shown


def test_what_the_date_says_is_not_said_again():
    plan = event(
        "Talks will be held",
        "2026-01-27",
        display="planned, after 20 January 2026",
        kind="planned",
        status="planned",
    )
    shown = lines_of(plan)
    assert shown.count("planned") == 1
    assert "sure" not in shown
