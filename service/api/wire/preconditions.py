"""`If-Match`: for which version of an article a correction is meant (RFC 9110, RFC 6585)."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import request

from service.api.wire.problems import ProblemError
from service.corrections import any_version
from service.store.base import StoredArticle

# Servers that compress on the way add to a tag what they did: "2-1:gzip", "2-1-br".
_TAG = re.compile(r"(\d{1,9})-\d{1,9}(?:\W[a-z]{1,9})?", re.ASCII)

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": (
        "The article's ETag as last seen: the correction is done only when the article is at that "
        "version (412 else). A new reading of the version does no harm. `*` fits every version."
    ),
    "schema": {"type": "string"},
    "example": '"1-1"',
}


def article_etag(article: StoredArticle) -> str:
    """The strong tag of an article: its version, and how often that was read."""
    return f'"{article.version}-{article.reading_number}"'


def wanted_version() -> Callable[[int], bool]:
    """Whether a version is one that the request is meant for; ProblemError when it names none."""
    if "If-Match" not in request.headers:
        raise ProblemError(
            "precondition-required",
            "the header If-Match is missing: send the article's ETag, or * for any version",
        )
    if request.if_match.star_tag:
        return any_version
    # Weak tags never match here (RFC 9110 13.1.1).
    named = request.if_match.as_set(include_weak=False)
    found = (_TAG.fullmatch(tag or "") for tag in named)  # werkzeug reads `""` as None
    return frozenset(int(match[1]) for match in found if match).__contains__
