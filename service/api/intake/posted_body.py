"""What can be posted to a timeline, as OpenAPI describes it: one article or many, in each form."""

from __future__ import annotations

from service.api.examples import corrections, intake, story
from service.api.schemas.forms import (
    EventRegistryForm,
    NewsArticleForm,
    NinjsForm,
    TrafilaturaForm,
)
from service.api.schemas.posted import MOST_ARTICLES, ArticlePosted, ArticlesPosted
from service.api.wire.bodies import JSON, LINKED, LONGEST_ARTICLE, LONGEST_BODY, NDJSON

OWN = {
    "allOf": [ArticlePosted],
    "oneOf": [
        {"required": ["text", "published_at"], "not": {"required": ["html"]}},
        {"required": ["html"], "not": {"required": ["text"]}},
    ],
}
FORMS = (OWN, NewsArticleForm, NinjsForm, EventRegistryForm, TrafilaturaForm)
LIST = {"type": "array", "items": {"anyOf": FORMS}, "maxItems": MOST_ARTICLES}
EXAMPLES = {
    "one": ("One article", story.ARTICLE),
    "html": ("A page as HTML", intake.PAGE),
    "many": ("Many articles", story.ARTICLES),
    "schema.org": ("A NewsArticle of schema.org", intake.NEWS_ARTICLE),
    "ninjs": ("A news item of ninjs", intake.NINJS),
    "event_registry": ("An article of Event Registry (NewsAPI.ai)", intake.EVENT_REGISTRY),
    "trafilatura": ("What trafilatura extracted", intake.TRAFILATURA),
}
POST_BODY = {
    "required": True,
    "description": (
        f"One article (at most {LONGEST_ARTICLE:,} bytes), or many: an array, an object with "
        f"`articles`, or NDJSON (at most {LONGEST_BODY:,} bytes and {MOST_ARTICLES:,} articles). "
        "Articles are in our own form or in another: schema.org's NewsArticle (JSON-LD), ninjs, "
        "Event Registry or trafilatura; in many, each line may have another one. A document with "
        "`@type`, `@context` or `@graph` is JSON-LD, one with `uri` ninjs (with `body` Event "
        "Registry), one with `hostname` trafilatura. What is kept and read back are our fields."
    ),
    "content": {
        JSON: {
            "schema": {"anyOf": [*FORMS, ArticlesPosted, LIST]},
            "examples": {
                name: {"summary": summary, "value": value}
                for name, (summary, value) in EXAMPLES.items()
            },
        },
        LINKED: {
            "schema": {"anyOf": [NewsArticleForm, {"type": "array", "items": NewsArticleForm}]},
            "example": intake.NEWS_ARTICLE,
        },
        NDJSON: {
            "schema": {"type": "string", "description": "One article a line, in any form."},
            "example": story.ARTICLE_LINES,
        },
    },
}
PUT_BODY = {
    "required": True,
    "description": f"The whole article as it is now, at most {LONGEST_ARTICLE:,} bytes.",
    "content": {
        JSON: {"schema": {"anyOf": FORMS}, "example": corrections.CORRECTED},
        LINKED: {"schema": NewsArticleForm, "example": intake.NEWS_ARTICLE},
    },
}
