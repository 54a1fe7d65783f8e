from service.store.codec import decode_mention, encode_mention
from service.timeline.details import Being, Comparator, Figure, Part, Participant
from tests.making import mention, since

CARRYING = mention(
    date=since("2026-01-20", "2026-01-22", "2026-01-25"),
    participants=(
        Participant(
            name="Harold Finn",
            keys=("finn", "harold finn"),
            part=Part.AGENT,
            being=Being.PERSON,
            office="minister",
        ),
    ),
    places=("Lima", "Peru"),
    figures=(
        Figure(
            what="person",
            value=20,
            most=30,
            comparator=Comparator.RANGE,
            scope="injured",
            as_of=20_480,
            attributed_to="police",
            start=4,
            end=12,
        ),
    ),
    attribution="police",
    relayed_by=("the mayor",),
)


def test_a_mention_comes_back_from_its_body_as_it_was():
    assert decode_mention(encode_mention(CARRYING)) == CARRYING


def test_a_body_without_later_fields_takes_their_defaults():
    plain = mention()
    body = encode_mention(plain)
    for name in ("participants", "places", "figures", "relayed_by"):
        body = body.replace(f',"{name}":[]', "")
    assert "figures" not in body
    assert decode_mention(body) == plain
