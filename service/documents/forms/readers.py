"""How values of other forms are read: each reader knows the shapes in which one thing is written.

A reader takes what can be used and lets the rest be: forms are open, and people write them in many
ways. None means that there is nothing to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from service.documents.forms.form import Found, Reader
from service.documents.forms.languages import language_tag
from service.documents.forms.markup import is_marked_up, plain
from service.documents.jsontext import Json
from service.documents.pointers import pointer_to

_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[Tt ](?P<clock>\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?"
    r"(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.ASCII,
)
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


def read_string(found: Found) -> Found | None:
    """A text: as it is, the first of several, or the `@value` or `value` of an object."""
    value = found.value
    if isinstance(value, str):
        return found if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Found(str(value), found.pointer)
    return _first(_inside(found, "@value", "value"), read_string)


def read_prose(found: Found) -> Found | None:
    """A text whose tags of paragraphs and lines, where it has any, are read as such."""
    text = read_string(found)
    if text is None or not is_marked_up(str(text.value)):
        return text
    read = plain(str(text.value))
    return Found(read, text.pointer) if read else None


def read_line(found: Found) -> Found | None:
    """A text in one line, without tags around or inside."""
    text = read_string(found)
    if text is None:
        return None
    line = " ".join(re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", str(text.value)).split())
    return Found(line, text.pointer) if line else None


def read_stamp(found: Found) -> Found | None:
    """A moment of RFC 3339, also where the colon of the offset is missing.

    A clock without an offset leaves the day alone: it is the outlet's own, the instant is unknown.
    What is no moment stays as it is, to be refused where it stands.

    >>> read_stamp(Found("2026-01-27T10:00:00+0100", "/d")).value
    '2026-01-27T10:00:00+01:00'
    >>> read_stamp(Found("2026-01-27 10:00", "/d")).value
    '2026-01-27'
    """
    text = read_string(found)
    match = None if text is None else _STAMP.fullmatch(str(text.value).strip())
    if text is None or match is None:
        return text
    if not match["clock"] or not match["zone"]:
        return Found(match["day"], text.pointer)
    clock = re.sub(r"([.,]\d{9})\d+$", r"\1", match["clock"])
    return Found(f"{match['day']}T{clock}{_offset(match['zone'])}", text.pointer)


def read_names(found: Found) -> Found | None:
    """The name of a person or an organisation; of several, all of them with commas between."""
    each = _inside(found) if isinstance(found.value, list) else (found,)
    names = [str(name.value) for one in each if (name := _name(one)) is not None]
    return Found(", ".join(dict.fromkeys(names)), found.pointer) if names else None


def read_address(found: Found) -> Found | None:
    """An address on the web."""
    if isinstance(found.value, str):
        address = found.value.strip()
        return Found(address, found.pointer) if _WEB.fullmatch(address) else None
    return _first(_inside(found, "url", "contentUrl", "href", "@id"), read_address)


def read_identifier(found: Found) -> Found | None:
    """What names the document everywhere: an identifier, but no `@id` that holds in a page only."""
    text = read_string(found)
    if text is None or str(text.value).startswith(("#", "/", "_:", ".")):
        return None
    return text


def read_language(found: Found) -> Found | None:
    """A language tag; None for the name of a language."""
    if isinstance(found.value, str):
        tag = language_tag(found.value)
        return None if tag is None else Found(tag, found.pointer)
    return _first(_inside(found, "alternateName", "@value", "name"), read_language)


def read_image(found: Found) -> Found | None:
    """A picture with what it shows and who made it."""
    if isinstance(found.value, list):
        return _first(_inside(found), read_image)
    address = read_address(found)
    if address is None:
        return None
    image: dict[str, Json] = {"url": address.value}
    for name, places in (
        ("alt", ("alternateName", "caption", "description", "name")),
        ("credit", ("creditText", "creator", "author", "copyrightNotice")),
    ):
        said = _first(_inside(found, *places), read_names)
        if said is not None:
            image[name] = said.value
    return Found(image, found.pointer)


def _offset(zone: str) -> str:
    if zone[0] not in "+-":
        return "Z"
    return f"{zone[:3]}:{zone[3:].removeprefix(':') or '00'}"


def _name(found: Found) -> Found | None:
    if isinstance(found.value, str):
        return read_line(found)
    return _first(_inside(found, "name", "legalName", "title", "@value", "value"), read_line)


def _inside(found: Found, *names: str) -> Iterator[Found]:
    """The entries of a list, or what an object has under `names`, in their order."""
    if isinstance(found.value, list):
        for index, entry in enumerate(found.value):
            yield Found(entry, pointer_to(found.pointer, index))
    elif isinstance(found.value, Mapping):
        for name in names:
            if name in found.value:
                yield Found(found.value[name], pointer_to(found.pointer, name))


def _first(candidates: Iterator[Found], read: Reader) -> Found | None:
    return next((one for each in candidates if (one := read(each)) is not None), None)
