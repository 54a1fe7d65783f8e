"""The forms as data: field by field, which of theirs is ours, the best place first.

A new form is one more entry of FORMS; `docs/intake.md` shows the same tables.
"""

from __future__ import annotations

from service.documents.forms.agencies import read_bodies, read_headlines, read_picture
from service.documents.forms.form import Form, Take
from service.documents.forms.readers import (
    read_address,
    read_identifier,
    read_image,
    read_language,
    read_line,
    read_names,
    read_prose,
    read_stamp,
)

ARTICLE_TYPES = frozenset(
    {
        *("Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle"),
        *("BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"),
        *("ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "Report"),
        *("SocialMediaPosting", "BlogPosting", "LiveBlogPosting", "DiscussionForumPosting"),
        *("ScholarlyArticle", "TechArticle"),
    }
)
"""schema.org's Article and its more specific types (https://schema.org/Article)."""

SCHEMA_ORG = Form(
    name="schema.org",
    marks=(frozenset({"@type"}), frozenset({"@context"}), frozenset({"@graph"})),
    takes=(
        Take("text", ("articleBody", "text"), read_prose),
        Take("published_at", ("datePublished", "dateCreated", "dateModified"), read_stamp),
        Take("title", ("headline", "name"), read_line),
        Take("url", ("url", "mainEntityOfPage"), read_address),
        Take("publisher", ("publisher", "sourceOrganization", "provider"), read_names),
        Take("author", ("author", "creator"), read_names),
        Take("language", ("inLanguage",), read_language),
        Take("external_id", ("identifier", "@id"), read_identifier),
        Take("image", ("image", "thumbnailUrl"), read_image),
    ),
)

# The words of a version were written when it was made: that is where its "today" is.
NINJS = Form(
    name="ninjs",
    marks=(frozenset({"uri"}),),
    unless=frozenset({"text", "html"}),
    takes=(
        Take("text", ("body_text", "body_main"), read_prose),
        Take("text", ("bodies",), read_bodies),
        Take("text", ("body_xhtml", "body_html", "body_richtext"), read_prose),
        Take(
            "published_at",
            (
                *("versioncreated", "versionCreated", "firstcreated", "firstCreated"),
                *("contentcreated", "contentCreated"),
            ),
            read_stamp,
        ),
        Take("title", ("headline", "headline_main"), read_line),
        Take("title", ("headlines",), read_headlines),
        Take("url", ("uri",), read_address),
        Take(
            "publisher",
            (
                *("provider", "copyrightholder", "copyrightHolder", "infosource"),
                *("infosources", "infoSources", "source"),
            ),
            read_names,
        ),
        Take("author", ("byline", "by"), read_names),
        Take("language", ("language",), read_language),
        Take("external_id", ("uri",), read_identifier),
        Take("image", ("associations",), read_picture),
    ),
    states=("pubstatus", "pubStatus"),
)

EVENT_REGISTRY = Form(
    name="Event Registry",
    marks=(
        frozenset({"body", "dateTimePub"}),
        frozenset({"body", "dateTime"}),
        frozenset({"body", "uri", "date"}),
    ),
    takes=(
        Take("text", ("body",), read_prose),
        Take("published_at", ("dateTimePub", "dateTime", "date"), read_stamp),
        Take("title", ("title",), read_line),
        Take("url", ("url",), read_address),
        Take("publisher", ("source",), read_names),
        Take("author", ("authors",), read_names),
        Take("language", ("lang",), read_language),
        Take("external_id", ("uri",), read_identifier),
        Take("image", ("image",), read_image),
    ),
)

TRAFILATURA = Form(
    name="trafilatura",
    marks=(
        frozenset({"raw_text"}),
        frozenset({"text", "source-hostname"}),
        frozenset({"text", "hostname"}),
    ),
    takes=(
        Take("text", ("text", "raw_text"), read_prose),
        Take("published_at", ("date",), read_stamp),
        Take("title", ("title",), read_line),
        Take("url", ("source", "url"), read_address),
        Take("publisher", ("sitename", "source-hostname", "hostname"), read_names),
        Take("author", ("author",), read_names),
        Take("language", ("language",), read_language),
        Take("image", ("image",), read_image),
    ),
)

WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
"""States in which an article is not, or not any more, to be published."""

FORMS = (SCHEMA_ORG, EVENT_REGISTRY, TRAFILATURA, NINJS)
"""All forms but our own, in the order in which a document is asked whether it has one."""
