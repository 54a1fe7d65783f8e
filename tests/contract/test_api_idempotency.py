"""`Idempotency-Key`: the same request again gets the same answer, whatever happened between."""

import pytest

from service.api.access import idempotency
from service.api.app import create_app
from service.errors import StoreUnavailableError
from service.keyring import mint_key
from service.settings import Settings
from service.wiring import Parts
from tests.servers.api import ARTICLE, ARTICLES, NOW, article, violations


def post(api, document=ARTICLE, key='"a-1"', path=ARTICLES, **headers):
    return api.client.post(path, json=document, headers={"Idempotency-Key": key, **headers})


def test_the_same_request_gets_the_same_answer(api):
    first, again = post(api), post(api)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert api.bell.rings == ["articles"]


def test_without_a_key_nothing_is_kept(api, monkeypatch):
    monkeypatch.setattr(api.store, "begin_request", None)
    assert [api.post().status_code, api.post().status_code] == [202, 200]


@pytest.mark.parametrize("key", ['"a-1"', "a-1", '  "a-1" '])
def test_quotes_are_no_part_of_the_key(api, key):
    post(api, key="a-1")
    assert post(api, key=key).headers["Idempotent-Replayed"] == "true"


def test_another_request_under_the_key_is_refused(api):
    post(api, article("a"))
    other = post(api, article("b"))
    assert other.status_code == 422
    assert other.json["type"] == "/problems/idempotency-key-reused"
    assert len(api.get(ARTICLES).json["articles"]) == 1


def test_a_key_is_one_timelines(api):
    first = post(api)
    other = post(api, path="/v1/timelines/other/articles")
    assert other.status_code == 202
    assert first.json["id"] != other.json["id"]


def test_while_the_first_runs_the_second_is_asked_to_wait(api, monkeypatch):
    answers = []
    real = api.store.add_articles

    def add(*given):
        if not answers:
            answers.append(None)
            answers[0] = post(api)
        return real(*given)

    monkeypatch.setattr(api.store, "add_articles", add)
    assert post(api).status_code == 202
    assert answers[0].status_code == 409
    assert answers[0].json["type"] == "/problems/request-in-progress"
    assert 1 <= int(answers[0].headers["Retry-After"]) <= 5


def test_a_request_that_was_refused_is_looked_at_anew(api):
    wrong = {**ARTICLE, "published_at": "soon"}
    assert [post(api, wrong).status_code, post(api, wrong).status_code] == [422, 422]
    assert post(api).status_code == 202


def test_a_request_that_failed_gives_its_key_back(api, monkeypatch):
    def refuse(*_given):
        raise StoreUnavailableError("the database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(api.store, "add_articles", refuse)
        assert post(api).status_code == 503
    assert post(api).status_code == 202


def test_an_answer_that_cannot_be_kept_is_given(api, monkeypatch):
    def refuse(*_given, **_more):
        raise StoreUnavailableError("the database is locked")

    monkeypatch.setattr(api.store, "keep_answer", refuse)
    assert post(api).status_code == 202


def test_a_crash_does_not_hold_the_key_longer_than_its_lease(api, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(idempotency, "LEASE_SECONDS", 0.0)
        patch.setattr(api.store, "keep_answer", lambda *_given, **_more: None)
        assert post(api).status_code == 202
    again = post(api)
    assert again.status_code == 200  # looked at anew: the article is known
    assert "Idempotent-Replayed" not in again.headers


def test_an_answer_is_forgotten_after_its_time(api, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(idempotency, "KEPT_SECONDS", 0.0)
        post(api)
    assert post(api, article("another")).status_code == 202


def test_the_results_of_many_are_kept_as_well(api):
    batch = [article("a"), article("b", published_at="soon")]
    first, again = post(api, batch), post(api, batch)
    assert first.json["refused"] == 1
    assert again.data == first.data
    assert again.headers["Idempotent-Replayed"] == "true"


def test_what_was_erased_is_not_told_again(api):
    first = post(api)
    erased = api.client.delete(f"{first.headers['Location']}?erase=true", headers={"If-Match": "*"})
    assert erased.status_code == 204
    assert "Idempotent-Replayed" not in post(api).headers


def test_a_deleted_timeline_takes_its_keys_along(api):
    post(api)
    api.store.close_timeline("demo")
    while not api.store.clear_timeline("demo"):
        pass
    again = post(api)
    assert again.status_code == 202
    assert "Idempotent-Replayed" not in again.headers


@pytest.mark.parametrize("key", ['""', "", "a b", '"a', 'a"', "é", '"é"', "x" * 256, "a\tb"])
def test_what_is_no_key_is_refused(api, key):
    response = post(api, key=key)
    assert response.status_code == 422
    assert violations(response).keys() == {"Idempotency-Key"}
    assert response.json["errors"][0]["in"] == "header"


@pytest.mark.parametrize("key", ["x" * 255, f'"{"x" * 255}"', '"a b"', "8e03978e-40d5"])
def test_a_key_may_be_long_and_have_spaces_in_quotes(api, key):
    assert post(api, key=key).status_code == 202


def test_clients_with_keys_of_their_own_share_no_answers(api):
    parts = Parts(api.store, api.bell, api.wakeups, api.tallies)
    client = create_app(Settings(keys="on"), parts, clock=lambda: NOW).test_client()

    def ask(secret):
        headers = {"Idempotency-Key": "a-1", "Authorization": f"Bearer {secret}"}
        return client.post(ARTICLES, json=ARTICLE, headers=headers)

    secrets = []
    for name in ("one", "other"):
        secret, new = mint_key(name, ("write",))
        api.store.add_key(new)
        secrets.append(secret)
    assert [ask(each).status_code for each in secrets] == [202, 200]
    assert ask(secrets[0]).headers["Idempotent-Replayed"] == "true"
