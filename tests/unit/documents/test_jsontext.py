import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.jsontext import (
    canonical,
    dumps,
    loads,
    read_object,
    splice,
    splice_fragments,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_written_is_read_back(value):
    assert loads(dumps(value)) == value


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_equal_objects_have_equal_text_whatever_their_order(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_what_people_read_keeps_its_order():
    assert dumps({"id": 1, "about": {"b": 2, "a": 3}}) == '{"id":1,"about":{"b":2,"a":3}}'


def test_tuples_are_lists_and_mappings_are_objects():
    assert dumps({"b": (1, 2), "a": {}}) == '{"b":[1,2],"a":{}}'


@pytest.mark.parametrize("value", ["\ud800", 2**70, {"x": object()}])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(ValueError, match="no JSON text"):
        dumps(value)
    with pytest.raises(ValueError, match="no JSON text"):
        canonical(value)


@pytest.mark.parametrize("text", ["", "{", "NaN", '"\\ud800"', b"\xff"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        loads(text)


def test_only_an_object_is_read_as_object():
    assert read_object('{"a":1}') == {"a": 1}
    with pytest.raises(ValueError, match="no object"):
        read_object("[1]")


@pytest.mark.parametrize(
    "fragment,fields,text",
    [
        ('{"a":1}', {}, '{"a":1}'),
        ('{"a":1}', {"c": 3, "b": 2}, '{"a":1,"c":3,"b":2}'),
        ("{}", {"b": 2}, '{"b":2}'),
    ],
)
def test_fields_are_spliced_into_an_object(fragment, fields, text):
    assert splice(fragment, fields) == text


def test_only_an_object_can_be_spliced():
    with pytest.raises(ValueError, match="only the text of a JSON object"):
        splice("[]", {"a": 1})


def test_ready_texts_are_spliced_as_lists():
    assert splice_fragments("{}", {"e": ('{"a":1}', '{"b":2}')}) == '{"e":[{"a":1},{"b":2}]}'
    assert splice_fragments('{"a":1}', {"e": ()}) == '{"a":1,"e":[]}'
