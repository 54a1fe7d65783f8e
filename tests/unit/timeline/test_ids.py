from service.temporal.timex import Span
from service.timeline.ids import article_id, article_key, event_id, expression_id, mention_ids


def test_an_external_id_is_the_key():
    assert article_key("post-1", '{"text":"a"}') == "post-1"


def test_without_one_the_posted_fields_are_the_key():
    assert article_key(None, '{"text":"a"}') == article_key(None, '{"text":"a"}')
    assert article_key(None, '{"text":"a"}') != article_key(None, '{"text":"b"}')


def test_article_ids_know_their_timeline():
    assert article_id("one", "post-1") != article_id("two", "post-1")
    assert article_id("a", "bc") != article_id("ab", "c")


def test_equal_quotes_are_told_apart_by_their_ordinal():
    first, other, second = mention_ids("post-1", ["It rained.", "It snowed.", "It rained."])
    assert len({first, other, second}) == 3
    assert mention_ids("post-1", ["It rained."]) == (first,)


def test_an_event_has_the_hash_of_its_smallest_mention():
    (mention,) = mention_ids("post-1", ["It rained."])
    assert event_id(mention) == "evt_" + mention.removeprefix("men_")
    assert len(mention.removeprefix("men_")) >= 20


def test_expressions_are_known_by_their_place():
    assert expression_id("post-1", Span(0, 3)) != expression_id("post-1", Span(0, 4))
    assert expression_id("post-1", Span(0, 3)).startswith("exp_")
