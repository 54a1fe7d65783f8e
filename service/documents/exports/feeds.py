"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, what changed last before all else.

Left out: all but the events that changed last, as many as MOST. An entry keeps its id when the
event changes and gets another `updated`, so that readers show it anew or not, as they are set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.documents.exports.exported import PRODUCT, Export
from service.documents.exports.instants import first_published, rfc3339
from service.documents.exports.markup import address, escaped, evidence, one_line
from service.documents.exports.told import Told
from service.documents.jsontext import JsonObject, dumps, known

MOST = 200
"""Entries of a feed."""
VERSION = "https://jsonfeed.org/version/1.1"


def newest(export: Export) -> tuple[Told, ...]:
    """The events of a feed: those that changed last, newest first."""
    return tuple(sorted(export.events, key=lambda event: -event.revision)[:MOST])


def render_atom(export: Export) -> str:
    """The timeline as an Atom feed."""
    return "".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>\n',
            '<feed xmlns="http://www.w3.org/2005/Atom">\n',
            *(f"  {line}\n" for line in _head(export)),
            *(line for event in newest(export) for line in _entry(export, event)),
            "</feed>\n",
        )
    )


def render_json(export: Export) -> str:
    """The timeline as a JSON Feed."""
    return dumps(
        known(
            {
                "version": VERSION,
                "title": export.title,
                "description": export.timeline.description,
                "home_page_url": export.address,
                "feed_url": export.own_address,
                "authors": [{"name": PRODUCT}],
                "items": [_item(export, event) for event in newest(export)],
            }
        )
    )


def content(event: Told) -> str:
    """When it was and who tells it, as HTML."""
    return f"<p><strong>{escaped(event.date.display)}</strong></p>{evidence(event)}"


def _head(export: Export) -> Iterator[str]:
    timeline = export.timeline
    yield _element("id", export.tag)
    yield _element("title", one_line(export.title))
    if timeline.description:
        yield _element("subtitle", timeline.description)
    yield _element("updated", rfc3339(timeline.updated_at))
    yield _element("generator", PRODUCT)
    yield f"<author>{_element('name', PRODUCT)}</author>"
    yield _link("self", export.own_address)
    yield _link("alternate", export.address)


def _entry(export: Export, event: Told) -> Iterator[str]:
    yield "  <entry>\n"
    yield from (f"    {line}\n" for line in _fields(export, event))
    yield "  </entry>\n"


def _fields(export: Export, event: Told) -> Iterator[str]:
    yield _element("id", export.event_tag(event))
    yield _element("title", one_line(event.headline))
    yield _element("updated", rfc3339(event.changed_at))
    published = first_published(event)
    if published is not None:
        yield _element("published", published)
    for outlet in event.outlets:
        yield f"<author>{_element('name', one_line(outlet))}</author>"
    yield _link("alternate", export.event_address(event))
    for url in event.addresses:
        yield _link("via", url)
    yield f'<category term="{escaped(event.kind)}"/>'
    yield _element("summary", event.date.display)
    yield _element("content", content(event), {"type": "html"})


def _element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    said = "".join(f' {key}="{escaped(value)}"' for key, value in (attributes or {}).items())
    return f"<{name}{said}>{escaped(text)}</{name}>"


def _link(relation: str, url: str) -> str:
    # Without a type: readers pass over a link that says it leads to JSON.
    return f'<link rel="{relation}" href="{escaped(address(url))}"/>'


def _item(export: Export, event: Told) -> JsonObject:
    addresses = [address(url) for url in event.addresses]
    return known(
        {
            "id": export.event_tag(event),
            "url": export.event_address(event),
            "external_url": addresses[0] if addresses else None,
            "title": event.headline,
            "summary": event.date.display,
            "content_html": content(event),
            "image": None if event.picture is None else address(event.picture.url),
            "date_published": first_published(event),
            "date_modified": rfc3339(event.changed_at),
            "authors": [{"name": outlet} for outlet in event.outlets],
            "tags": [event.kind, *event.places],
            "_event_timelines": {
                "about": "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a",
                "event": event.id,
                "revision": event.revision,
                "status": event.status,
                "date": event.document.get("date"),
            },
        }
    )
