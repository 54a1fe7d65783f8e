"""Keys of requests on both stores: one holder at a time, an answer once, nothing for ever."""

from concurrent.futures import ThreadPoolExecutor

from service.store.answers import Asked, KeptAnswer
from tests.contract.storevalues import article

ASKED = Asked("demo", "", "a-1", "f")
ANSWER = KeptAnswer(202, '{"Location":"/v1/articles/art_1"}', '{"id":"art_1"}')


def test_a_key_is_taken_once_and_answers_afterwards(store):
    begun = store.begin_request(ASKED, lease=30)
    assert (begun.outcome, begun.answer) == ("begun", None)
    running = store.begin_request(ASKED, lease=30)
    assert running.outcome == "running"
    assert 25 < running.seconds <= 30
    store.keep_answer(ASKED, begun.token, ANSWER, seconds=60)
    found = store.begin_request(ASKED, lease=30)
    assert (found.outcome, found.answer) == ("answered", ANSWER)


def test_another_request_finds_the_key_used_before_and_after_the_answer(store):
    other = Asked("demo", "", "a-1", "g")
    begun = store.begin_request(ASKED, lease=30)
    assert store.begin_request(other, lease=30).outcome == "reused"
    store.keep_answer(ASKED, begun.token, ANSWER, seconds=60)
    assert store.begin_request(other, lease=30).outcome == "reused"


def test_clients_and_timelines_have_keys_of_their_own(store):
    for asked in (ASKED, Asked("other", "", "a-1", "f"), Asked("demo", "key_1", "a-1", "f")):
        assert store.begin_request(asked, lease=30).outcome == "begun"


def test_a_key_is_free_again_after_its_lease_and_its_time(store):
    store.begin_request(ASKED, lease=0)
    begun = store.begin_request(ASKED, lease=30)
    assert begun.outcome == "begun"
    store.keep_answer(ASKED, begun.token, ANSWER, seconds=0)
    assert store.begin_request(ASKED, lease=30).outcome == "begun"


def test_who_lost_the_lease_keeps_and_drops_nothing(store):
    late = store.begin_request(ASKED, lease=0)
    begun = store.begin_request(ASKED, lease=30)
    store.keep_answer(ASKED, late.token, ANSWER, seconds=60)
    store.drop_request(ASKED, late.token)
    assert store.begin_request(ASKED, lease=30).outcome == "running"
    store.drop_request(ASKED, begun.token)
    assert store.begin_request(ASKED, lease=30).outcome == "begun"


def test_of_many_at_once_one_begins(store):
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(store.begin_request, ASKED, lease=30) for _ in range(8)]
    assert sorted(each.result().outcome for each in asked) == ["begun", *["running"] * 7]


def test_the_statuses_of_articles_are_read_together(store):
    new = [article(str(number)) for number in range(3)]
    store.add_articles("demo", new)
    store.claim("token", limit=1, characters=1000, lease=15)
    statuses = store.read_statuses([*(each.id for each in new), "art_nowhere"])
    assert sorted(statuses.values()) == ["accepted", "accepted", "processing"]
    assert statuses.keys() == {each.id for each in new}
