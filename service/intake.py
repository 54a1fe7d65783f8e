"""The door: what may stand in an article, and accepting articles as commit, then ring.

`LIMITS` and the checks here are the only ones on content; the API's schemas check types and quote
the same numbers.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import cast
from urllib.parse import urlsplit

from service.documents.article import HTML_HASH
from service.documents.exports.formats import SUFFIXES
from service.documents.jsontext import JsonObject, canonical, read_object
from service.errors import InvalidInputError, Violation
from service.jobqueue import ARTICLES_QUEUE, JobQueue
from service.store.base import Added, NewArticle, Store
from service.temporal.publication import read_publication
from service.timeline.ids import article_id, article_key

logger = logging.getLogger(__name__)

TIMELINE_NAME = r"[a-z0-9][a-z0-9._-]{0,63}"
"""What a timeline may be called, as a regular expression over the whole name.

No name ends with one of the SUFFIXES of exports: `mine.ics` is the calendar of `mine`.
"""

LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "text": 200_000,
        "html": 1_000_000,
        "published_at": 64,
        "title": 1_000,
        "url": 2_000,
        "publisher": 256,
        "author": 256,
        "language": 35,
        "external_id": 256,
        "timezone": 64,
        "image/url": 2_000,
        "image/alt": 2_000,
        "image/credit": 256,
    }
)
"""Code points that each text field of an article may have at most."""

RESOLVE_LIMITS: Mapping[str, int] = MappingProxyType(
    {"text": 20_000, "reference_time": 64, "language": 35, "title": 1_000}
)
"""The same for a text whose dates are asked for."""

TIMELINE_LIMITS: Mapping[str, int] = MappingProxyType(
    {"title": 300, "description": 2_000, "timezone": 64}
)
"""The same for what a timeline says of itself."""

DAY_SECONDS = 86_400
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_TIMELINE = re.compile(TIMELINE_NAME, re.ASCII)


class Intake:
    """Accepts articles into `store` and wakes the workers behind `queue`."""

    def __init__(self, store: Store, queue: JobQueue) -> None:
        self._store = store
        self._queue = queue

    def accept(self, timeline: str, drafts: Sequence[NewArticle]) -> tuple[Added, ...]:
        """What became of each draft, in order; all are committed when this returns.

        Raises StoreUnavailableError when nothing was written. A ring that fails is not the
        client's: the sweeper rings again.
        """
        if not drafts:
            return ()
        added = self._store.add_articles(timeline, drafts)
        fresh = [each.id for each in added if each.outcome == "accepted"]
        if fresh and not self._queue.ring(ARTICLES_QUEUE):
            # The queue warns once when Redis goes; an outage must not fill the log line by line.
            logger.info("no ring for %d articles of %s", len(fresh), timeline)
        return added


def draft(timeline: str, fields: JsonObject, *, received: float) -> NewArticle:
    """The article that `fields` (API.md, types already checked) make in `timeline`.

    `received` is the moment of receipt in seconds since 1970 UTC. Raises InvalidInputError with a
    JSON pointer for each thing wrong.
    """
    refuse_faults(fields, LIMITS)
    said = {name: value for name, value in fields.items() if isinstance(value, str)}
    published_utc = _published_utc(said, received) if "published_at" in said else 0
    key = article_key(said.get("external_id"), canonical(fields))
    return NewArticle(
        id=article_id(timeline, key),
        key=key,
        external_id=said.get("external_id"),
        posted=_kept(fields),
        text=said.get("text", ""),
        html=said.get("html"),
        title=said.get("title"),
        publisher=said.get("publisher"),
        url=said.get("url"),
        language=said.get("language"),
        published_at=said.get("published_at", ""),
        published_utc=published_utc,
        timezone=said.get("timezone"),
        image=canonical(fields["image"]) if "image" in fields else None,
    )


def fields_of(article: NewArticle) -> JsonObject:
    """The fields that the article was made of."""
    fields = dict(read_object(article.posted))
    if fields.pop(HTML_HASH, None) is not None:
        fields["html"] = article.html
    return fields


def refuse_faults(fields: JsonObject, limits: Mapping[str, int]) -> None:
    """Raise InvalidInputError with a JSON pointer for each text of `fields` that cannot stay."""
    wrong = tuple(_violations(fields, limits))
    if wrong:
        raise InvalidInputError(*wrong)


def is_timeline_name(name: str) -> bool:
    """Whether a timeline may be called `name`: one that ends as an export does is that export."""
    return _TIMELINE.fullmatch(name) is not None and not name.endswith(SUFFIXES)


def text_fault(text: str, limit: int) -> str | None:
    """What keeps `text` from being stored or worked on, in words; None when nothing does."""
    if not text.strip():
        return "is empty: leave out what is unknown"
    if len(text) > limit:
        return f"has {len(text):,} characters: use at most {limit:,}"
    # Plain ASCII, most often: told from the text's own form, without looking at each character.
    unstorable = None if text.isascii() and "\x00" not in text else _UNSTORABLE.search(text)
    if unstorable is None:
        return None
    what = "a NUL" if unstorable[0] == "\x00" else "a lone surrogate"
    return f"has {what} at character {unstorable.start()}: send Unicode text without it"


def without_faults(fields: JsonObject) -> JsonObject:
    """Those of an article's fields that can stay, for fields that nobody posted."""
    wrong = {each.pointer.split("/")[1] for each in _violations(fields, LIMITS)}
    return {name: value for name, value in fields.items() if name not in wrong}


def instant_of(published_at: str, timezone: str | None = None) -> int:
    """Seconds since 1970 UTC; raises InvalidInputError for what is no date of publication."""
    publication = read_publication(published_at, timezone)
    return publication.point - (publication.offset or 0)


def _kept(fields: JsonObject) -> str:
    """The fields as posted; a page is kept beside them, and its hash tells another one from it."""
    html = fields.get("html")
    if not isinstance(html, str):
        return canonical(fields)
    others = {name: value for name, value in fields.items() if name != "html"}
    return canonical({**others, HTML_HASH: sha256(html.encode()).hexdigest()})


def _violations(fields: JsonObject, limits: Mapping[str, int]) -> Iterator[Violation]:
    for name, limit in limits.items():
        value = _at(fields, name)
        if value is None:
            continue
        fault = text_fault(value, limit)
        if fault is None and name in _SHAPES:
            fault = _SHAPES[name](value)
        if fault is not None:
            yield Violation(f"/{name}", fault)


def _at(fields: JsonObject, name: str) -> str | None:
    group, _, inner = name.partition("/")
    value = fields.get(group)
    if inner and value is not None:
        value = cast("JsonObject", value).get(inner)
    return value if isinstance(value, str) else None


def _published_utc(said: Mapping[str, str], received: float) -> int:
    instant = instant_of(said["published_at"], said.get("timezone"))
    if instant > received + DAY_SECONDS:
        raise InvalidInputError(
            Violation("/published_at", "is more than a day ahead: use the day of publication")
        )
    return instant


def _url_fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if known and not re.search(r"[\s\x00-\x1f\x7f]", url):
        return None
    return "is no address on the web: use http:// or https:// and a host"


def _language_fault(language: str) -> str | None:
    if _LANGUAGE.fullmatch(language):
        return None
    return f"'{language}' is no language tag: use one like en or fa-IR (BCP 47)"


_SHAPES: Mapping[str, Callable[[str], str | None]] = {
    "url": _url_fault,
    "image/url": _url_fault,
    "language": _language_fault,
}
