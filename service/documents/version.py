"""A version of an article as JSON: when it came, what made it, and its fields as posted."""

from __future__ import annotations

from typing import Protocol

from service.documents.article import posted_fields
from service.documents.dates import iso_instant
from service.documents.jsontext import JsonObject, read_object

RETRACTED = "retracted"


class Version(Protocol):
    """What the document needs of a stored version."""

    @property
    def article_id(self) -> str:
        """The article's id."""

    @property
    def timeline(self) -> str:
        """The timeline's name."""

    @property
    def version(self) -> int:
        """Its number, from 1."""

    @property
    def type(self) -> str:
        """Posted, replaced or retracted."""

    @property
    def received_at(self) -> float:
        """Seconds since 1970 UTC."""

    @property
    def page(self) -> str | None:
        """What was read in its page, as JSON; None without one, or before."""

    @property
    def posted(self) -> str:
        """The fields as posted; of a retraction those that it retracted."""


def version_summary(version: Version, *, links: JsonObject) -> JsonObject:
    """The version as a list shows it."""
    return {
        "article_id": version.article_id,
        "timeline": version.timeline,
        "version": version.version,
        "type": version.type,
        "received_at": iso_instant(version.received_at),
        "links": links,
    }


def version_document(version: Version, *, links: JsonObject) -> JsonObject:
    """The version with its fields; a retraction has none."""
    summary = version_summary(version, links=links)
    if version.type == RETRACTED:
        return summary
    return {**summary, "article": posted_fields(read_object(version.posted), version.page)}
