"""`timelines listen`: what it prints, and how it ends."""

import json

import pytest

from service.cli.change_text import MOST_NAMES, ChangeLines
from service.cli.listen import run_listen
from service.cli.main import main
from service.cli.parser import build_parser
from service.cli.terminal import Terminal

EVENT = {
    "id": "evt_1",
    "headline": "Bridge closed after a fire",
    "date": {"display": "27 January 2026", "edtf": "2026-01-27"},
}
CREATED = {
    "revision": 12,
    "at": "2026-01-29T09:00:00Z",
    "type": "created",
    "event_id": "evt_1",
    "event": EVENT,
}


@pytest.fixture
def lines():
    return ChangeLines(Terminal(), None)


def change(kind, event_id="evt_1", **more):
    base = {name: value for name, value in CREATED.items() if name != "event"}
    return {**base, "type": kind, "event_id": event_id, **more}


def said(lines, document):
    line = lines.line(document)
    assert line[21:28].strip() == str(document["revision"])
    return line[28:]


def test_a_line_has_time_revision_what_became_of_it_date_and_headline(lines):
    assert (
        lines.line(CREATED)[19:] == "     12  new      27 January 2026: Bridge closed after a fire"
    )
    assert lines.line(CREATED)[:19].startswith("2026-01-2")


def test_an_update_says_what_changed(lines):
    told = change("updated", event=EVENT, fields=["date", "source_count"])
    assert said(lines, told).endswith("Bridge closed after a fire (date, source count)")


def test_what_ends_is_named_as_it_was_told_before(lines):
    other = {**EVENT, "id": "evt_2", "headline": "The bridge is shut"}
    assert said(lines, change("removed")) == "gone     evt_1"
    lines.line(CREATED)
    lines.line(change("created", "evt_2", event=other))
    assert said(lines, change("removed")) == "gone     Bridge closed after a fire"
    assert said(lines, change("left")) == "left     Bridge closed after a fire"
    merged = change("merged", into=["evt_2"])
    assert said(lines, merged) == "merged   Bridge closed after a fire -> The bridge is shut"
    split = change("split", into=["evt_2", "evt_3"])
    assert said(lines, split) == "split    Bridge closed after a fire -> The bridge is shut; evt_3"


def test_what_was_erased_is_said_to_be(lines):
    assert said(lines, change("updated", erased=True)) == "changed  evt_1 (its words were erased)"


def test_a_terminal_gets_lines_that_fit_and_a_pipe_all_of_it():
    long = {**EVENT, "headline": "word " * 60}
    told = {**CREATED, "event": long}
    assert len(ChangeLines(Terminal(), None).line(told)) > 300
    assert len(ChangeLines(Terminal(), 80).line(told)) <= 80
    assert ChangeLines(Terminal(unicode=False), 80).line(told).endswith("...")


def test_what_strangers_wrote_cannot_steer_the_terminal(lines):
    bad = {**EVENT, "headline": "a\x1b[2Jb\u202e\n12", "date": {"edtf": "2026\x07"}}
    assert said(lines, {**CREATED, "event": bad}) == "new      2026: a[2Jb 12"


def test_a_newer_service_may_tell_what_we_do_not_know(lines):
    assert said(lines, change("frozen")) == "frozen   evt_1"
    assert lines.line({"type": "created"}).strip().endswith("new      None")


def test_names_are_remembered_up_to_a_bound(lines):
    for number in range(MOST_NAMES + 1):
        event = {**EVENT, "id": f"evt_{number}"}
        lines.line(change("created", f"evt_{number}", event=event))
    assert said(lines, change("removed", "evt_0")) == "gone     evt_0"
    assert said(lines, change("removed", "evt_1")) == "gone     Bridge closed after a fire"


def stream(*changes):
    reset = 'id: 3\nevent: reset\ndata: {"timeline":"mine","revision":3,"links":{}}\n\n'
    frames = "".join(
        f"id: {each['revision']}\nevent: {each['type']}\ndata: {json.dumps(each)}\n\n"
        for each in changes
    )
    return (reset + frames).encode()


def listen(service, *arguments, environ=None):
    """Run the command against one stream; its next pause is ended by Ctrl-C."""

    def interrupt(_seconds):
        raise KeyboardInterrupt

    options = build_parser().parse_args(["listen", "mine", "--server", service.address, *arguments])
    return run_listen(options, environ or {}, pause=interrupt)


def test_changes_are_printed_and_ctrl_c_is_a_good_end(service, capsys):
    service.answer("GET /v1/timelines/mine/stream?kind=happening&lang=en", 200, stream(CREATED))
    filters = ("--filter", "kind=happening", "--filter", "lang=en")
    assert listen(service, "--since", "2", *filters) == 0
    captured = capsys.readouterr()
    reset, line = captured.out.splitlines()
    assert reset.startswith("reset at 3: ")
    assert reset.endswith("read it anew: timelines show mine")
    assert line.endswith("12  new      27 January 2026: Bridge closed after a fire")
    assert captured.err == "timelines: the connection ended: trying until it is back\n\n"


def test_json_is_one_document_a_line(service, capsys):
    service.answer("GET /v1/timelines/mine/stream", 200, stream(CREATED))
    assert listen(service, "--since", "2", "--json") == 0
    reset, told = map(json.loads, capsys.readouterr().out.splitlines())
    assert reset == {"type": "reset", "timeline": "mine", "revision": 3, "links": {}}
    assert told == CREATED


def test_a_timeline_that_is_not_there_is_said_in_one_line(service, capsys):
    assert main(["listen", "mine", "--server", service.address]) == 1
    assert "no /v1/timelines/mine?" in capsys.readouterr().err


def test_something_else_that_answers_is_said_to_be_no_such_service(service, capsys):
    service.answer("GET /v1/timelines/mine?limit=1&view=brief", 200, b"<html>Welcome</html>")
    assert main(["listen", "mine", "--server", service.address]) == 2
    assert "is no such service" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments,right",
    [
        (("--since", "-1"), "--since is a revision: use 0 or more"),
        (("--filter", "kind"), "'kind' is no filter: write NAME=VALUE"),
    ],
)
def test_what_cannot_be_begun_is_one_sentence(service, capsys, arguments, right):
    assert main(["listen", "mine", "--server", service.address, *arguments]) == 2
    assert right in capsys.readouterr().err


def test_nothing_answering_is_one_sentence(unused_port, capsys):
    assert main(["listen", "mine", "--server", f"http://127.0.0.1:{unused_port}"]) == 2
    assert "nothing answers at http://127.0.0.1" in capsys.readouterr().err


def test_the_key_of_the_environment_goes_along(service):
    service.answer("GET /v1/timelines/mine/stream", 200, stream())
    assert listen(service, "--since", "0", environ={"TIMELINES_API_KEY": "tk_mine"}) == 0
    assert {each.authorization for each in service.asked} == {"Bearer tk_mine"}
