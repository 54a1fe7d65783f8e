"""The OpenAPI document: its top, its text, and where it is served."""

from __future__ import annotations

import yaml

from service.api.described import DescribedApi
from service.api.wire.version import VERSION

DESCRIPTION = """\
Event Timelines takes news articles, works out *when* each thing that they tell happened, counted
from each article's publication, joins what several outlets tell of the same event, and serves one
chronological timeline in which every date is explained and every event is sourced.

**In three steps**

1. POST an article to `/v1/timelines/{timeline}/articles`. The answer 202 comes after the commit:
   an accepted article is kept.
2. GET the address in `Location` until `status` is `processed` (or POST with `Prefer: wait=20`); it
   then lists every date with the rules that led to it.
3. GET `/v1/timelines/{timeline}`: the events in order, each with verbatim quotes and their offsets
   in the text as posted. Send the ETag back in `If-None-Match`: 304 costs next to nothing.

**Conventions**

- JSON in UTF-8 with keys in snake_case. Instants are RFC 3339 with offset; days are ISO days, both
  ends included; `edtf` is EDTF (ISO 8601-2); offsets count Unicode code points, ends excluded.
- A field that is unknown is absent, never null. Unknown fields of a request are refused; fields
  may be added to answers, so ignore what you do not know.
- A timeline is also a calendar, a feed, a table, a page: add `.ics`, `.atom`, `.feed.json`, `.csv`,
  `.timelinejs.json`, `.jsonld` or `.md` to its address, or ask by `format` or Accept.
- Lists come in pages: follow `next` (also in the header Link) as it is. A cursor belongs to its
  filters and order; a timeline that changed meanwhile goes on after the last event seen, and its
  page says so (`moved_from`).
- Filters take several values by comma, and leave out those with `-` before them; all filters must
  fit at once. What no filter knows is refused, with the words that it does know.
- Answers come compressed (`br`, `gzip`) to whoever takes them so. Any web page may read what anyone
  may (CORS `*`, without cookies and keys).
- Errors are problems (RFC 9457): `type` is a page that explains the cure, `errors` names each
  place with a JSON pointer, `request_id` finds the request in the logs.
- Corrections are exact: PUT replaces an article, DELETE retracts it, each with its ETag in
  If-Match; the content is then that of the present versions alone.
- Ids are opaque. The id of an event can change when articles arrive; the old one redirects (308).
- On loopback nothing needs a key. Elsewhere public timelines are read by everyone, and all else
  takes `Authorization: Bearer` with a key that has the scope (`read`, `write`, `subscribe`; `admin`
  includes all). A private timeline is read with a key, or with a feed token in the address
  (`?token=`); to whoever may not read it, it is not there (404).
- The service answers only under Host names that it knows.
"""
OPTIONS: dict[str, object] = {
    "title": "Event Timelines",
    "version": VERSION,
    "openapi_version": "3.1.0",
    "info": {
        "summary": "From news articles to one sourced chronology.",
        "description": DESCRIPTION,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    },
    "servers": [{"url": "/", "description": "This service."}],
}


TOP = ("openapi", "info", "servers", "tags")
"""What a reader wants first."""


class _Plain(yaml.SafeDumper):
    """YAML without anchors: what is said twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:
        """Always."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _represent_text)


def openapi_yaml(api: DescribedApi) -> str:
    """The document as YAML, the same bytes for the same code."""
    found = api.spec.to_dict()
    document = {name: found[name] for name in (*TOP, *found)}
    text: str = yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    return text
