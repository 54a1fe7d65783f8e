"""`timelines export` against a service that answers from a table."""

import pytest

from service.cli.main import main
from service.cli.parser import build_parser
from service.documents.exports.formats import FORMATS

CALENDAR = b"BEGIN:VCALENDAR\r\nX:\xd8\xa2\r\nEND:VCALENDAR\r\n"


def export(service, *arguments):
    return main(["export", "mine", "--server", service.address, *arguments])


def test_a_file_holds_the_bytes_that_the_service_gave(service, tmp_path):
    service.answer("GET /v1/timelines/mine.ics", 200, CALENDAR)
    assert export(service, "-o", str(tmp_path / "mine.ics")) == 0
    assert (tmp_path / "mine.ics").read_bytes() == CALENDAR


def test_without_a_file_they_go_to_standard_output(service, capfdbinary):
    service.answer("GET /v1/timelines/mine.ics", 200, CALENDAR)
    assert export(service, "--format", "ics") == 0
    assert capfdbinary.readouterr().out == CALENDAR


def test_filters_and_choices_are_passed_on(service, tmp_path):
    path = (
        "/v1/timelines/mine.csv?from=2026-01&to=2026-02&q=two+words&kind=-statement"
        "&min_sources=2&bom=true"
    )
    service.answer(f"GET {path}", 200, b"id\r\n")
    filters = ("--search", "two words", "--filter", "kind=-statement", "--filter", "min_sources=2")
    days = ("--from", "2026-01", "--to", "2026-02")
    target = tmp_path / "x.csv"
    assert export(service, *days, *filters, "--bom", "--output", str(target)) == 0
    assert target.read_bytes() == b"id\r\n"


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_is_named_or_told_by_the_file(service, tmp_path, name):
    service.answer(f"GET /v1/timelines/mine.{name}", 200, b"made")
    assert export(service, "-o", str(tmp_path / f"some.{name}")) == 0
    assert export(service, "--format", name, "-o", str(tmp_path / "other.txt")) == 0
    assert (tmp_path / "other.txt").read_bytes() == (tmp_path / f"some.{name}").read_bytes()


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((), "which format? name it by --format, or by the end of --output: ics, atom,"),
        (("-o", "x.json"), "which format?"),
        (("--format", "pdf"), "there is no format 'pdf': use ics, atom,"),
        (("--format", "ics", "--filter", "kind"), "'kind' is no filter: write NAME=VALUE"),
        (("-o", "/nowhere/at/all.ics"), "cannot write /nowhere/at/all.ics: No such file"),
    ],
)
def test_what_cannot_be_begun_is_one_sentence(service, capsys, arguments, said):
    service.answer("GET /v1/timelines/mine.ics", 200, CALENDAR)
    assert export(service, *arguments) == 2
    assert capsys.readouterr().err.startswith(f"timelines: {said}")


def test_a_refusal_is_one_sentence_and_leaves_the_file_alone(service, tmp_path, capsys):
    kept = tmp_path / "mine.ics"
    kept.write_bytes(b"old")
    assert export(service, "-o", str(kept)) == 1
    assert capsys.readouterr().err == "timelines: no /v1/timelines/mine.ics here (HTTP 404)\n"
    assert kept.read_bytes() == b"old"


def test_the_help_names_every_format():
    (commands,) = [each for each in build_parser()._actions if each.dest == "command"]  # noqa: SLF001  # no other way in
    shown = commands.choices["export"].format_help()
    assert all(f" {name} " in shown for name in FORMATS)
