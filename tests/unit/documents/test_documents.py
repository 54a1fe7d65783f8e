from dataclasses import dataclass, field

from service.documents.article import article_document, article_summary, mention_document
from service.documents.event import changed_fields, event_document, served_event
from service.documents.expression import expression_document
from service.documents.jsontext import loads
from service.documents.timeline import timeline_document
from service.temporal.interval import Granularity, days
from service.temporal.timex import Anchor, Candidate, Relation, Step
from service.timeline.events import build_event
from service.timeline.model import Conflict, Image
from tests.making import day, head, mention, on, resolution


@dataclass
class Stored:
    id: str = "art_1"
    timeline: str = "story"
    posted: str = '{"text":"It burned on Monday.","published_at":"2026-01-27"}'
    status: str = "processed"
    outcome: str | None = "told"
    version: int = 1
    told_version: int | None = None
    received_at: float = 1.0
    language: str | None = "en"
    level: str | None = "dates"
    copy_of: str | None = None
    expressions: tuple = ('{"id":"exp_1"}',)
    mentions: tuple = ('{"event_id":"evt_1","quote":"It burned on Monday."}',)
    notices: str = "[]"
    skipped: str = '[{"end":2,"start":0,"why":"stray words"}]'
    problem: str | None = None
    page: str | None = None


@dataclass
class State:
    name: str = "story"
    title: str | None = None
    description: str | None = None
    timezone: str | None = None
    public: bool = True
    revision: int = 3
    updated_at: float = 1.0
    articles: dict = field(default_factory=lambda: {"accepted": 1, "processing": 2, "processed": 4})
    events: dict = field(default_factory=lambda: {"happening": 2})
    first_day: int | None = None
    last_day: int | None = None


def test_an_article_has_what_was_posted_and_what_was_read():
    document = loads(article_document(Stored(), links={"self": "/v1/articles/art_1"}))
    assert document["text"] == "It burned on Monday."
    assert document["mentions"][0]["event_id"] == "evt_1"
    assert document["counts"] == {"expressions": 1, "mentions": 1, "skipped": 1}
    assert document["links"] == {"self": "/v1/articles/art_1"}
    assert "problem" not in document


def test_an_article_tells_its_fields_in_the_order_of_the_contract():
    document = loads(article_document(Stored(), links={"self": "/v1/articles/art_1"}))
    assert list(document) == [
        *("id", "timeline", "status", "outcome", "version", "received_at", "language", "level"),
        *("published_at", "text", "expressions", "mentions", "notices", "skipped", "counts"),
        "links",
    ]


def test_an_article_that_was_not_read_has_no_outcome():
    waiting = Stored(status="accepted", outcome=None, language=None, level=None, expressions=())
    document = loads(article_document(waiting, links={}))
    assert not {"outcome", "language", "level"} & set(document)
    assert document["expressions"] == []


def test_a_failed_article_carries_its_problem():
    document = loads(article_document(Stored(status="failed", problem='{"title":"no"}'), links={}))
    assert document["problem"] == {"title": "no"}


def test_a_list_shows_articles_without_their_text():
    summary = article_summary(Stored(), links={})
    assert summary["published_at"] == "2026-01-27"
    assert not {"text", "mentions", "expressions"} & set(summary)


def test_an_expression_says_all_that_is_known_and_nothing_else():
    text = "since late December"
    found = resolution(
        text,
        "late December",
        "2025-12-21",
        "2025-12-31",
        mod="END",
        granularity=Granularity.MONTH_PART,
        relation=Relation.SINCE,
        anchor=Anchor("publication", days(day("2026-01-27"), day("2026-01-27"))),
        candidates=(
            Candidate(interval=days(day("2024-12-21"), day("2024-12-31")), confidence=0.1),
        ),
        derivation=(Step("month", "the nearest December in the past"),),
    )
    document = expression_document(found, "exp_1")
    assert (document["start"], document["end"], document["text"]) == (6, 19, "late December")
    assert (document["earliest"], document["latest"]) == ("2025-12-21", "2025-12-31")
    assert document["relation"] == "since"
    assert document["anchor"] == {
        "kind": "publication",
        "earliest": "2026-01-27",
        "latest": "2026-01-27",
    }
    assert document["candidates"][0]["earliest"] == "2024-12-21"
    assert document["derivation"] == [{"rule": "month", "says": "the nearest December in the past"}]
    assert list(document) == [
        *("id", "text", "start", "end", "type", "value", "mod", "edtf", "earliest", "latest"),
        *("relation", "granularity", "calendar", "anchor", "confidence", "candidates"),
        "derivation",
    ]


def test_a_joined_range_has_parts_without_ids_of_their_own():
    text = "from 2 to 5 May"
    parts = (
        resolution(text, "2", "2026-05-02"),
        resolution(text, "5 May", "2026-05-05"),
    )
    whole = resolution(text, "2 to 5 May", "2026-05-02", "2026-05-05", parts=parts)
    document = expression_document(whole, "exp_1")
    assert [part["text"] for part in document["parts"]] == ["2", "5 May"]
    assert "id" not in document["parts"][0]


def test_a_duration_has_no_bounds_but_what_it_implies():
    found = resolution(
        "three months",
        "three months",
        "2026-01-01",
        interval=None,
        implies=days(day("2025-10-27"), day("2026-01-27")),
    )
    document = expression_document(found, "exp_1")
    assert not {"earliest", "latest", "edtf"} & set(document)
    assert document["implies"] == {"earliest": "2025-10-27", "latest": "2026-01-27"}


def test_an_event_names_its_sources_as_the_contract_says():
    about = head("a1", publisher="Example Post", title="Quake in Lima")
    one = mention(
        about,
        date=on("2026-01-26"),
        evidence=('{"text":"Monday"}',),
        derivation=("Its clause names the day.",),
    )
    event = build_event((one,), {about.id: about})
    document = loads(event_document(event, {about.id: about}))
    (source,) = document["sources"]
    assert (source["publisher"], source["title"]) == ("Example Post", "Quake in Lima")
    assert (source["independent"], source["expressions"]) == (True, [{"text": "Monday"}])
    assert (source["start"], source["end"], source["clause"]) == (0, 15, {"start": 0, "end": 15})
    assert source["date"]["start"] == "2026-01-26"
    assert source["date"]["derivation"] == ["Its clause names the day."]
    assert "url" not in source
    assert list(document) == [
        *("id", "headline", "kind", "status", "certainty", "date", "sources", "conflicts"),
        *("participants", "places", "attribution", "figures"),
        *("source_count", "independent_source_count", "salience"),
    ]
    assert list(source)[:7] == [
        *("article_id", "external_id", "publisher", "title", "published_at", "language", "quote"),
    ]
    assert list(document["date"]) == [
        *("start", "end", "earliest", "latest", "durative", "edtf", "granularity"),
        *("approximate", "basis", "inferred", "confidence", "display"),
    ]


def test_a_second_article_of_one_publisher_is_not_independent():
    heads = [head("a1", publisher="Example Post"), head("a2", publisher="EXAMPLE post")]
    known = {each.id: each for each in heads}
    event = build_event([mention(each) for each in heads], known)
    document = loads(event_document(event, known))
    assert [source["independent"] for source in document["sources"]] == [True, False]
    assert (document["source_count"], document["independent_source_count"]) == (2, 1)


def test_the_picture_is_that_of_the_first_independent_article_that_has_one():
    bridge, quay = Image(url="https://a.example/1.jpg", alt="A bridge"), Image(url="b", credit="X")
    heads = [
        head("a1", publisher="Example Post"),
        head("a2", publisher="Example Post", image=bridge),
        head("a3", publisher="Harbour Courier", image=quay),
    ]
    pictured = {len(some): _image_of(some) for some in (heads[:1], heads[:2], heads)}
    assert pictured == {
        1: None,
        2: {"url": "https://a.example/1.jpg", "alt": "A bridge"},
        3: {"url": "b", "credit": "X"},
    }


def _image_of(heads):
    known = {each.id: each for each in heads}
    event = build_event([mention(each) for each in heads], known)
    return loads(event_document(event, known)).get("image")


def test_conflicts_list_every_value_with_its_articles():
    about = head()
    event = build_event((mention(about),), {about.id: about})
    conflict = Conflict(field="date", values=(("2026-01-26", (about.id,)),))
    object.__setattr__(event, "conflicts", (conflict,))
    document = loads(event_document(event, {about.id: about}))
    assert document["conflicts"] == [
        {"field": "date", "values": [{"value": "2026-01-26", "article_ids": [about.id]}]}
    ]


def test_revision_and_links_join_at_reading():
    served = loads(served_event('{"id":"evt_1"}', revision=7, links={"self": "/x"}))
    assert list(served.items()) == [("id", "evt_1"), ("revision", 7), ("links", {"self": "/x"})]


def test_changed_fields_are_named_in_order():
    assert changed_fields('{"a":1,"b":2}', '{"b":3,"c":4}') == ("a", "b", "c")
    assert changed_fields(None, '{"a":1}') == ()


def test_a_mention_is_listed_with_its_place_and_date():
    document = mention_document(mention(date=on("2026-01-26")))
    assert (document["quote"], document["in"], document["role"]) == (
        "Quake hits Lima",
        "text",
        "prose",
    )
    assert document["date"]["edtf"] == "2026-01-26"


def test_a_timeline_counts_what_is_pending():
    page = timeline_document(State(), ['{"id":"evt_1"}'], links={}, following="?after=x")
    document = loads(page)
    assert (document["pending"], document["next"]) == (3, "?after=x")
    assert document["events"] == [{"id": "evt_1"}]
    assert list(document) == [
        *("timeline", "public", "revision", "updated_at", "pending", "counts"),
        *("events", "next", "links"),
    ]


def test_a_timeline_with_events_has_a_span_and_the_last_page_no_next():
    state = State(first_day=day("2025-12-21"), last_day=day("2026-01-28"), title="Storm")
    document = loads(timeline_document(state, [], links={}, following=None))
    assert document["span"] == {"start": "2025-12-21", "end": "2026-01-28"}
    assert document["title"] == "Storm"
    assert "next" not in document


def test_an_article_has_what_was_read_in_its_page_beneath_what_was_posted():
    page = '{"text":"It burned.","title":"Read","publisher":"Post"}'
    posted = '{"html_sha256":"ab","published_at":"2026-01-27","title":"Posted"}'
    found = loads(article_document(Stored(posted=posted, page=page), links={}))
    assert (found["text"], found["title"], found["publisher"]) == ("It burned.", "Posted", "Post")
    assert "html_sha256" not in found
