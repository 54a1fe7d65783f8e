"""The examples of the HTML Living Standard, section 9.2.6, and what its parser must get over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.eventstream import EventStream, Frame


def read(text, stream=None):
    return list((stream or EventStream()).feed(text.encode()))


@pytest.mark.parametrize(
    "text, frames",
    [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [Frame("", "message", "YHOO\n+2\n10")]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third\n",
            [Frame("1", "message", "first event"), Frame("", "message", "second event")],
        ),
        ("data\n\ndata\ndata\n\ndata:", [Frame("", "message", ""), Frame("", "message", "\n")]),
        ("data:test\n\ndata: test\n\n", [Frame("", "message", "test")] * 2),
        ("event: add\ndata: 1\n\ndata: 2\n\n", [Frame("", "add", "1"), Frame("", "message", "2")]),
        ("event: add\n\ndata: 2\n\n", [Frame("", "message", "2")]),
        ("id: 7\n\ndata: x\n\n", [Frame("7", "message", "x")]),
        ("id: 7\nid: a\0b\ndata: x\n\n", [Frame("7", "message", "x")]),
        ("\ufeffdata: x\n\n", [Frame("", "message", "x")]),
        ("retry: 20\nretry: 2s\nDATA: x\nnothing\ndata: y\n\n", [Frame("", "message", "y")]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_standard_s_streams_are_read(text, frames, end):
    # One more line, so that a CR is known to be no half of CRLF.
    assert read(text.replace("\n", end) + ":") == [
        Frame(each.id, each.event, each.data) for each in frames
    ]


def test_ids_stay_known_without_an_event_and_heartbeats_are_counted():
    stream = EventStream()
    assert read("retry: 2000\n\nid: 41\n\n: here\n\nid: 42\n", stream) == []
    assert (stream.last_event_id, stream.retry, stream.comments) == ("41", 2000, 1)


@given(st.data())
def test_it_does_not_matter_where_a_stream_is_cut(data):
    text = "id: 1\r\ndata: é\r\ndata: b\r\r: c\nevent: é\ndata: 3\n\nid: 2\n\n:".encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    stream = EventStream()
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    found = [frame for piece in pieces for frame in stream.feed(piece)]
    assert found == [Frame("1", "message", "é\nb"), Frame("1", "é", "3")]
    assert stream.last_event_id == "2"
