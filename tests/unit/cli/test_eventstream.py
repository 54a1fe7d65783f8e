"""Reading Server-Sent Events."""

import pytest

from service.cli.eventstream import Frame, read_frames


def frames(text):
    return list(read_frames(text.encode().splitlines(keepends=True)))


def frame(id=None, event="message", data=None, retry=None):  # noqa: A002  # the field's name
    return Frame(id=id, event=event, data=data, retry=retry)


@pytest.mark.parametrize(
    "text,read",
    [
        ("", []),
        (": a comment\n\n", []),
        ("retry: 2000\nid: 7\n\n", [frame(id="7", retry=2000)]),
        ("id: 8\nevent: created\ndata: {}\n\n", [frame(id="8", event="created", data="{}")]),
        ("id:8\r\ndata:  x\r\n\r\n", [frame(id="8", data=" x")]),
        ("data: a\ndata: b\ndata\n\n", [frame(data="a\nb\n")]),
        ("id: 1\n\n:\n\nid: 2\n\n", [frame(id="1"), frame(id="2")]),
        ("id\nretry: soon\nunknown: x\n\n", [frame(id="")]),
    ],
)
def test_frames_are_read_as_browsers_do(text, read):
    assert frames(text) == read


def test_a_frame_that_is_cut_off_is_dropped():
    assert frames('id: 1\ndata: a\n\nid: 2\ndata: {"half') == [frame(id="1", data="a")]
