"""The door: whatever the spelling, no token goes further."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.access.door import TOKEN, TokenDoor, split_tokens


def through(query, **more):
    seen = {}
    environ = {"QUERY_STRING": query, **more}
    TokenDoor(lambda inner, _start: seen.update(inner) or [])(environ, None)
    return seen


@pytest.mark.parametrize(
    "query, rest, tokens",
    [
        ("", "", ()),
        ("token=a", "", ("a",)),
        ("limit=5&token=a&order=date", "limit=5&order=date", ("a",)),
        ("%74%6Fken=a%2Bb", "", ("a+b",)),
        ("token", "", ("",)),
        ("token=a&token=b", "", ("a", "b")),
        ("tokens=a&xtoken=b&q=token", "tokens=a&xtoken=b&q=token", ()),
        ("q=a%26token%3Db", "q=a%26token%3Db", ()),
    ],
)
def test_the_parameter_is_taken_off_and_the_rest_stays_as_it_was(query, rest, tokens):
    assert split_tokens(query) == (rest, tokens)


def test_the_address_that_servers_keep_loses_it_too():
    seen = through("token=abc&x=1", RAW_URI="/v1/a?token=abc&x=1", REQUEST_URI="/v1/a?token=abc")
    assert seen[TOKEN] == "abc"
    assert (seen["RAW_URI"], seen["REQUEST_URI"]) == ("/v1/a?x=1", "/v1/a?x=1")
    assert through("token=abc", RAW_URI="/v1/a?token=abc")["RAW_URI"] == "/v1/a"


def test_two_tokens_open_nothing():
    assert not through("token=a&token=b")[TOKEN]


def test_without_a_token_nothing_is_touched():
    assert through("q=%C3%A9", RAW_URI="/?q=%C3%A9") == {
        "QUERY_STRING": "q=%C3%A9",
        "RAW_URI": "/?q=%C3%A9",
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "token", "to%6ben", "%"]), st.text("ab%&=", max_size=4))
    )
)
def test_no_spelling_of_the_parameter_is_left(pairs):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    rest, _ = split_tokens(query)
    assert "token" not in dict(parse_qsl(rest, keep_blank_values=True))
