import pytest

from service.timeline.sources import independent_articles, outlet, voices
from tests.making import head, mention
from tests.unit.timeline.test_copies import REPORT, sign

DAYS = ("2026-01-21", "2026-01-22", "2026-01-23", "2026-01-24")


def told_by(*of):
    """Mentions and heads of articles that differ in these fields."""
    heads = [
        head(f"a{at}", day, **fields)
        for at, (day, fields) in enumerate(zip(DAYS, of, strict=False))
    ]
    return [mention(each) for each in heads], {each.id: each for each in heads}


def independent(*of):
    mentions, heads = told_by(*of)
    return sorted(heads[each].key for each in independent_articles(mentions, heads))


def test_articles_of_one_publisher_are_one_voice():
    assert independent({"publisher": "The Post"}, {"publisher": "post"}, {}) == ["a0", "a2"]


def test_articles_without_a_publisher_are_voices_of_their_own():
    assert independent({}, {}) == ["a0", "a1"]


def test_a_copy_speaks_with_the_voice_of_the_earliest():
    one, two = sign(REPORT), sign(f"{REPORT} By our staff.")
    mine, yours = {"publisher": "Post", "signature": two}, {"publisher": "Echo", "signature": one}
    assert independent(mine, yours, {"publisher": "Star"}) == ["a0", "a2"]


def test_two_that_retell_one_outlet_are_one_voice_though_it_is_not_there():
    retold = {"credits": ("daily echo",)}
    assert independent({"publisher": "Post"} | retold, {"publisher": "Star"} | retold) == ["a0"]


def test_who_retells_an_outlet_that_is_there_speaks_with_its_voice():
    mine = {"publisher": "Post", "credits": ("associated press",)}
    assert independent(mine, {"publisher": "AP"}, {"publisher": "Star"}) == ["a0", "a2"]


def test_a_chain_of_copies_and_credits_is_one_voice():
    text = sign(REPORT)
    copied = {"publisher": "Star", "signature": text}
    both = {"publisher": "Mail", "signature": text, "credits": ("reuters",)}
    mentions, heads = told_by({"publisher": "Reuters"}, copied, both, {"publisher": "Sun"})
    assert len(set(voices(mentions, heads).values())) == 2


@pytest.mark.parametrize(
    "name,expected",
    [
        ("Reuters", "reuters"),
        ("www.reuters.com", "reuters"),
        ("https://www.bbc.co.uk/", "bbc"),
        ("AP", "associated press"),
        ("The Associated Press", "associated press"),
        ("The  Daily-Echo", "daily echo"),
        ("The", "the"),
        (" ", ""),
    ],
)
def test_an_outlet_has_one_spelling(name, expected):
    assert outlet(name) == expected
