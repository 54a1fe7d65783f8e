from service.documents.article import mention_document
from service.documents.event import event_document
from service.documents.jsontext import loads
from service.timeline.details import Being, Comparator, Figure, Part, Participant
from service.timeline.events import build_event
from tests.making import day, head, mention

ABOUT = head()
TELLING = mention(
    ABOUT,
    quote="Harold Finn said 20 to 30 people were hurt in Lima.",
    participants=(
        Participant(
            name="Harold Finn",
            keys=("finn", "harold finn"),
            part=Part.AGENT,
            being=Being.PERSON,
            office="mayor",
        ),
    ),
    places=("Lima",),
    attribution="Harold Finn",
    relayed_by=("the Lima Post",),
    figures=(
        Figure(
            what="person",
            value=20,
            most=30,
            comparator=Comparator.RANGE,
            scope="injured",
            as_of=day("2026-01-27"),
            attributed_to="Harold Finn",
            start=17,
            end=25,
        ),
    ),
)
FIGURE = {
    "what": "person",
    "value": 20,
    "max": 30,
    "comparator": "range",
    "unit": "count",
    "scope": "injured",
    "as_of": "2026-01-27",
    "attributed_to": "Harold Finn",
    "start": 17,
    "end": 25,
}


def test_a_mention_says_who_where_and_how_many():
    document = mention_document(TELLING)
    assert document["participants"] == [
        {"name": "Harold Finn", "part": "agent", "being": "person", "office": "mayor"}
    ]
    assert document["places"] == ["Lima"]
    assert document["attribution"] == ["Harold Finn", "the Lima Post"]
    assert document["figures"] == [FIGURE]


def test_an_event_gives_each_figure_with_its_article():
    event = build_event((TELLING,), {ABOUT.id: ABOUT})
    document = loads(event_document(event, {ABOUT.id: ABOUT}))
    assert document["figures"] == [{"article_id": ABOUT.id, "in": "text", **FIGURE}]
    assert document["participants"] == ["Harold Finn"]
    assert document["sources"][0]["attributed_to"] == "Harold Finn"


def test_an_unattributed_source_names_nobody():
    plain = mention(ABOUT)
    document = loads(event_document(build_event((plain,), {ABOUT.id: ABOUT}), {ABOUT.id: ABOUT}))
    assert "attributed_to" not in document["sources"][0]
    assert (document["attribution"], document["figures"]) == ([], [])
