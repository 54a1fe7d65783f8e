"""Reading JSON strictly: what parses, what a document may not hold."""

import pytest

from service.api.wire.bodies import DEEPEST, Flaw, flaw, parse
from service.api.wire.problems import ProblemError
from service.documents.pointers import pointer_to


@pytest.mark.parametrize(
    "body, value",
    [
        (b"{}", {}),
        (b' [1, -2, 3.5, true, null, "a"] ', [1, -2, 3.5, True, None, "a"]),
        (b'"\\u06cc\\ud83d\\ude00"', "ی😀"),
        ("\ufeff{}".encode(), {}),
        (b"12345678901234567890", 12345678901234567890.0),
    ],
)
def test_json_is_read(body, value):
    assert value == parse(body)
    assert flaw(parse(body)) is None


def test_a_fault_of_syntax_has_line_and_column():
    with pytest.raises(ProblemError, match="line 2, column 2: "):
        parse(b"[1,\n }")


def test_bytes_that_are_no_utf_8_have_a_place():
    with pytest.raises(ProblemError, match="not UTF-8 at byte 2"):
        parse(b'"a\xff"')


@pytest.mark.parametrize(
    "body, pointer",
    [
        (b'{"a": 1, "a": 1}', "/a"),
        (b'{"x": [0, {"b": 1, "c": 2, "b": 3}]}', "/x/1/b"),
        (b'{"x": {"y": NaN}}', "/x/y"),
        (b"[0, 1e999]", "/1"),
        (b"Infinity", ""),
        (b'{"a/b": {"c~d": -Infinity}}', "/a~1b/c~0d"),
    ],
)
def test_a_flaw_has_a_pointer(body, pointer):
    assert flaw(parse(body)).pointer == pointer


def test_depth_counts_arrays_and_objects_alike():
    deep = parse(b'{"a":[' * 16 + b"]}" * 16)
    assert flaw(deep) is None
    assert flaw([deep]) == Flaw(
        "/0" + "/a/0" * 15 + "/a", f"is nested deeper than {DEEPEST} levels"
    )


def test_a_pointer_escapes_its_steps():
    assert pointer_to("/a", "b/c~d") == "/a/b~1c~0d"
    assert pointer_to("", 3) == "/3"
    assert pointer_to("", "") == "/"


def test_a_large_object_with_one_name_is_read_in_one_pass():
    """Counting each name by itself would take hours."""
    body = b"{" + b",".join([b'"a":1'] * 200_000) + b"}"
    assert flaw(parse(body)).pointer == "/a"
