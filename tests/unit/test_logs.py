"""Lines of the log: one object each, about what they should be, without what errors quote."""

import io
import json
import logging
import sys

import pytest

from service import logs

MARK = "aardvark"


@pytest.fixture
def written(monkeypatch):
    """`written(form)` configures the log; what comes back holds its lines."""
    root = logging.getLogger()
    before = root.handlers, root.level

    def configure(form, **options) -> io.StringIO:
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        logs.configure("DEBUG", form, part="tests", **options)
        return stream

    yield configure
    root.handlers = before[0]
    root.setLevel(before[1])


def failing() -> None:
    try:
        {}[MARK]
    except KeyError as error:
        raise ValueError(f"no {MARK}") from error


def log_failure() -> None:
    try:
        failing()
    except ValueError:
        logging.getLogger("here").exception("it failed")


def test_a_line_is_one_object_with_its_fields(written):
    stream = written("json", context=lambda: {"request_id": "r1"})
    with logs.about(timeline="demo"):
        logging.getLogger("here").info("done %d", 3, extra=logs.fields(ms=5, unknown=None))
    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ("done 3", "info", "here")
    assert (said["part"], said["timeline"], said["request_id"]) == ("tests", "demo", "r1")
    assert said["ms"] == 5
    assert "unknown" not in said
    assert said["time"].endswith("Z")


def test_what_lines_are_about_ends_with_it(written):
    stream = written("json")
    with logs.about(article_id="art_1"), logs.about(timeline="demo"):
        pass
    logging.getLogger("here").info("after")
    assert "article_id" not in json.loads(stream.getvalue())


@pytest.mark.parametrize("form", logs.FORMATS)
def test_an_error_is_told_by_its_types_and_places_only(written, form):
    stream = written(form)
    log_failure()
    text = stream.getvalue()
    assert MARK not in text
    assert text.index("ValueError") < text.index("failing") < text.index("KeyError")
    assert "test_logs.py:" in text


@pytest.mark.parametrize("form", logs.FORMATS)
def test_tokens_and_keys_are_hidden_whoever_writes_them(written, form):
    stream = written(form)
    log = logging.getLogger("gunicorn.error")
    log.error("Error handling request %s", f"/v1/timelines/a.ics?token={MARK}&x=1")
    log.error("Authorization: Bearer %s", MARK)
    assert MARK not in stream.getvalue()
    assert "x=1" in stream.getvalue()


def test_text_is_one_line_with_its_fields(written):
    stream = written("text")
    logging.getLogger("here").warning("slow", extra=logs.fields(ms=900))
    assert stream.getvalue().endswith(": slow ms=900\n")
    assert len(stream.getvalue().splitlines()) == 1
