"""What only ninjs writes that way: bodies and headlines by role, pictures in associations.

ninjs is IPTC's News in JSON (https://iptc.org/standards/ninjs/): 1.x has `body_text` and objects
of associations and renditions, 2.x lists of them, 3.x the same in camelCase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.documents.forms.form import Found
from service.documents.forms.readers import read_address, read_line, read_prose, read_string
from service.documents.jsontext import Json, JsonObject
from service.documents.pointers import pointer_to

PLAIN = "text/plain"
NO_PROSE = ("xml", "json")
"""Kinds of bodies made for machines; XHTML is for readers."""


def read_bodies(found: Found) -> Found | None:
    """The text among the bodies: a plain one, else one with tags."""
    bodies = [each for each in _objects(found) if _is_prose(_kind(each.value))]
    bodies.sort(key=lambda each: _kind(each.value) != PLAIN)
    return _first_value(bodies, read_prose_of=True)


def read_headlines(found: Found) -> Found | None:
    """The main headline, else the first."""
    headlines = list(_objects(found))
    headlines.sort(key=lambda each: _word(each.value, "role") != "main")
    return _first_value(headlines, read_prose_of=False)


def read_picture(found: Found) -> Found | None:
    """The first picture that belongs to the article."""
    for each in _objects(found):
        if _word(each.value, "type") == "picture":
            picture = _picture(each)
            if picture is not None:
                return picture
    return None


def _picture(found: Found) -> Found | None:
    item = found.value
    if not isinstance(item, Mapping):
        return None
    renditions = _objects(Found(item.get("renditions"), pointer_to(found.pointer, "renditions")))
    addresses = (read_address(each) for each in renditions)
    address = next((each for each in addresses if each is not None), None)
    if address is None:
        return None
    alt = _text(item, "descriptions", "description_text", "headlines", "headline")
    credit = _text(item, "by", "byline", "creditline", "creditLine", "copyrightholder")
    said: dict[str, Json] = {"url": address.value}
    said |= {name: text for name, text in (("alt", alt), ("credit", credit)) if text}
    return Found(said, found.pointer)


def _text(item: JsonObject, *names: str) -> str | None:
    for name in names:
        text = read_line(Found(item.get(name), ""))
        if text is not None:
            return str(text.value)
    return None


def _objects(found: Found) -> Iterator[Found]:
    """The objects of a list, or those that an object has under names of its own."""
    value = found.value
    if isinstance(value, list):
        entries = [(pointer_to(found.pointer, index), each) for index, each in enumerate(value)]
    elif isinstance(value, Mapping):
        entries = [(pointer_to(found.pointer, name), each) for name, each in value.items()]
    else:
        entries = []
    for pointer, each in entries:
        if isinstance(each, Mapping):
            yield Found(each, pointer)


def _first_value(candidates: list[Found], *, read_prose_of: bool) -> Found | None:
    read = read_prose if read_prose_of else read_line
    for each in candidates:
        if isinstance(each.value, Mapping):
            value = read(Found(each.value.get("value"), pointer_to(each.pointer, "value")))
            if value is not None:
                return value
    return None


def _is_prose(kind: str) -> bool:
    return "xhtml" in kind or not kind.endswith(NO_PROSE)


def _kind(value: Json) -> str:
    return _word(value, "contenttype") or _word(value, "contentType") or PLAIN


def _word(value: Json, name: str) -> str:
    word = read_string(Found(value.get(name), "")) if isinstance(value, Mapping) else None
    return "" if word is None else str(word.value).lower()
