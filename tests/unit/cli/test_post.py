"""`timelines post` against a service that answers from a table."""

import json

import pytest

from service.cli.main import main

ARTICLES = "POST /v1/timelines/mine/articles"
STORY = {"text": "It rained.", "published_at": "2026-01-27"}


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.json"
    path.write_text(json.dumps(STORY))
    return path


def post(service, *arguments):
    return main(["post", "--timeline", "mine", "--server", service.address, *map(str, arguments)])


def test_an_accepted_article_is_one_line_with_its_id(service, story, capsys):
    service.answer(ARTICLES, 202, {"id": "art_1", "status": "accepted"})
    assert post(service, story) == 0
    assert capsys.readouterr().out == f"accepted  {story}  art_1\n"
    assert [told.body for told in service.asked] == [STORY]


def test_the_id_is_taken_from_the_location_when_the_body_has_none(service, story, capsys):
    service.answer(ARTICLES, 202, {}, Location="/v1/articles/art_7")
    assert post(service, story) == 0
    assert capsys.readouterr().out.endswith("  art_7\n")


def test_an_article_known_already_is_no_failure(service, story, capsys):
    service.answer(ARTICLES, 200, {"id": "art_1"})
    assert post(service, story) == 0
    assert capsys.readouterr().out.startswith("known ")


def test_a_refused_article_is_one_line_with_its_pointers_and_exit_1(service, story, capsys):
    problem = {"errors": [{"pointer": "/url", "in": "body", "detail": "no http address"}]}
    service.answer(ARTICLES, 422, problem)
    assert post(service, story) == 1
    assert capsys.readouterr().out == f"refused   {story}  /url: no http address\n"


def test_an_article_that_differs_says_what_to_do_and_exits_1(service, story, capsys):
    service.answer(ARTICLES, 409, {"detail": "use PUT"}, Location="/v1/articles/art_1")
    assert post(service, story) == 1
    assert capsys.readouterr().out == f"differs   {story}  art_1  use PUT (HTTP 409)\n"


def test_a_file_that_cannot_be_read_harms_no_neighbour(service, story, tmp_path, capsys):
    service.answer(ARTICLES, 202, {"id": "art_1"})
    assert post(service, tmp_path / "gone.json", story) == 1
    gone, accepted = capsys.readouterr().out.splitlines()
    assert gone.startswith("refused ")
    assert "cannot be read: No such file" in gone
    assert accepted.startswith("accepted ")


def test_options_fill_the_fields_of_a_text(service, tmp_path):
    service.answer(ARTICLES, 202, {"id": "art_1"})
    text = tmp_path / "story.txt"
    text.write_text("It rained.")
    given = ("--published-at", "2026-01-27", "--publisher", "Post", "--external-id", "p-1")
    assert post(service, text, *given) == 0
    told = {"publisher": "Post", "external_id": "p-1"}
    assert service.asked[0].body == {**STORY, **told}


def test_wait_prints_what_became_of_each_article(service, story, capsys):
    service.answer(ARTICLES, 202, {"id": "art_1"})
    read = {"status": "processed", "outcome": "told", "mentions": [{}, {}]}
    service.answer("GET /v1/articles/art_1", 200, read)
    assert post(service, story, "--wait") == 0
    assert capsys.readouterr().out == f"processed {story}  art_1  2 mentions\n"


def test_wait_exits_1_for_an_article_that_failed(service, story, capsys):
    service.answer(ARTICLES, 202, {"id": "art_1"})
    failed = {"status": "failed", "problem": {"detail": "it took too long"}}
    service.answer("GET /v1/articles/art_1", 200, failed)
    assert post(service, story, "--wait") == 1
    assert capsys.readouterr().out == f"failed    {story}  art_1  it took too long\n"


def test_one_external_id_is_not_given_to_two_files(service, story, capsys):
    assert post(service, story, story, "--external-id", "p-1") == 2
    assert "--external-id names one article" in capsys.readouterr().err
    assert service.asked == []


def test_a_timeline_name_is_one_part_of_the_path(service, story):
    service.answer("POST /v1/timelines/a%2Fb/articles", 202, {"id": "art_1"})
    assert main(["post", str(story), "--timeline", "a/b", "--server", service.address]) == 0
