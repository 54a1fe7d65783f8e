"""What clients send: articles, texts to resolve, and the parameters of lists."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import OneOf, Range

from service.api.schemas.base import MISSING, Flag, Query, Strict, Text
from service.api.schemas.numbers import Whole
from service.intake import LIMITS, RESOLVE_LIMITS, TIMELINE_LIMITS

MOST_ARTICLES = 1_000
"""Articles of one request."""
DEFAULT_LIMIT = 50
HIGHEST_LIMIT = 200


class ImagePosted(Strict):
    """A picture that belongs to the article."""

    url = Text("Address of the picture, http or https.", required=True, limit=LIMITS["image/url"])
    alt = Text("What it shows, for those who cannot see it.", limit=LIMITS["image/alt"])
    credit = Text("Who made it.", limit=LIMITS["image/credit"])


class ArticlePosted(Strict):
    """An article as posted. What is unknown is left out; null and unknown fields are refused."""

    text = Text(
        "The text, kept as posted; offsets count its code points. Either this or `html`.",
        limit=LIMITS["text"],
    )
    html = Text(
        "The page instead of the text, kept as posted. Its text is read without menus and footers, "
        "and offsets count in that; title, outlet, author, address, language, picture and date of "
        "publication are taken from it where the post does not give them.",
        limit=LIMITS["html"],
    )
    published_at = Text(
        "When it was published: RFC 3339 with offset, or a bare date. Every relative date of the "
        "text is counted from here. At most a day ahead of receipt. Needed with `text`; a page may "
        "say it itself.",
        limit=LIMITS["published_at"],
    )
    title = Text(
        "The headline. Evidence only when the text has no copy of it.", limit=LIMITS["title"]
    )
    url = Text("Where it can be read, http or https.", limit=LIMITS["url"])
    publisher = Text("The outlet.", limit=LIMITS["publisher"])
    author = Text("Who wrote it.", limit=LIMITS["author"])
    language = Text("BCP 47 tag of the text's language.", limit=LIMITS["language"])
    external_id = Text(
        "The client's own name for it, unique in the timeline: posting it again with the same "
        "fields is known, with other fields refused (409).",
        limit=LIMITS["external_id"],
    )
    timezone = Text(
        "IANA zone of the outlet: says whose civil day an instant falls on.",
        limit=LIMITS["timezone"],
    )
    image = fields.Nested(ImagePosted, error_messages=MISSING)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def check_source(self, _loaded: object, posted: object, **_options: object) -> None:
        """Refuse an article without text and page, with both, and a text without a date."""
        named = posted.keys() if isinstance(posted, Mapping) else frozenset()
        wrong = {}
        if "html" in named and "text" in named:
            wrong["html"] = ["is there beside `text`: send one of them"]
        if "html" not in named:
            missing = [name for name in ("text", "published_at") if name not in named]
            wrong = {name: [str(MISSING["required"])] for name in missing}
        if wrong:
            raise ValidationError(wrong)


class ArticlesPosted(Strict):
    """Many articles in one request."""

    articles = fields.List(
        fields.Nested(ArticlePosted), required=True, metadata={"maxItems": MOST_ARTICLES}
    )


class TimelinePosted(Strict):
    """What a timeline says of itself, whole: what is left out is taken away."""

    title = Text("Its title for people.", limit=TIMELINE_LIMITS["title"])
    description = Text("What it is about.", limit=TIMELINE_LIMITS["description"])
    timezone = Text(
        "IANA zone of its outlets. Articles read from now on take it where they name none of "
        "their own; those that were read keep their days until they are read again.",
        limit=TIMELINE_LIMITS["timezone"],
    )
    public = Flag("Whether everyone may read it.", load_default=True)


class TextPosted(Strict):
    """A text whose dates are asked for. Nothing of it is stored."""

    text = Text("The text.", required=True, limit=RESOLVE_LIMITS["text"])
    reference_time = Text(
        "What relative dates are counted from: RFC 3339 with offset, or a bare date.",
        required=True,
        limit=RESOLVE_LIMITS["reference_time"],
    )
    language = Text(
        "BCP 47 tag; told from the text when left out.", limit=RESOLVE_LIMITS["language"]
    )
    title = Text("The headline above the text.", limit=RESOLVE_LIMITS["title"])


class PageQuery(Query):
    """Which page of a list."""

    limit = Whole(
        load_default=DEFAULT_LIMIT,
        validate=Range(1, HIGHEST_LIMIT, error="must be from {min} to {max}"),
        error_messages={"invalid": "must be a whole number"},
        metadata={"description": "How many at most."},
    )
    cursor = Text("Where the last page ended: take it from `next`, as it is.")


class ArticleQuery(Query):
    """What an article is to show besides."""

    include = fields.String(
        validate=OneOf(("html",), error="'{input}' can not be included: use html"),
        metadata={"description": "`html`: the page as posted, for an article that has one."},
    )
