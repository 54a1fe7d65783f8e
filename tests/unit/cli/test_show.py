"""`timelines show` against a service that answers from a table."""

from service.cli.main import main

PATH = "GET /v1/timelines/mine?limit=200"


def page(headline, **more):
    date = {"start": "2026-01-27", "end": "2026-01-27", "display": "27 January 2026"}
    return {"timeline": "mine", "events": [{"headline": headline, "date": date}], **more}


def show(service, *arguments):
    return main(["show", "mine", "--server", service.address, *arguments])


def test_pages_follow_one_another_under_one_head(service, capsys):
    service.answer(PATH, 200, page("First", next="?cursor=abc"))
    service.answer("GET /v1/timelines/mine?cursor=abc", 200, page("Second"))
    assert show(service) == 0
    shown = capsys.readouterr().out
    assert shown.count("January 2026 ─") == 1
    assert shown.index("First") < shown.index("Second")


def test_the_next_page_is_asked_of_the_same_server(service, capsys):
    service.answer(PATH, 200, page("First", next="http://elsewhere.example/v1/more?x=1"))
    service.answer("GET /v1/more?x=1", 200, page("Second"))
    assert show(service) == 0
    assert "Second" in capsys.readouterr().out


def test_bounds_are_passed_on(service):
    path = "GET /v1/timelines/mine?from=2026-01-01&to=2026-01-31&limit=200"
    service.answer(path, 200, page("First"))
    assert show(service, "--from", "2026-01-01", "--to", "2026-01-31") == 0


def test_an_unknown_timeline_is_one_sentence(service, capsys):
    assert show(service) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "timelines: no /v1/timelines/mine?limit=200 here (HTTP 404)\n"


def test_output_is_as_wide_as_asked(service, capsys):
    service.answer(PATH, 200, page("A headline of words " * 9))
    assert show(service, "--width", "60") == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60
