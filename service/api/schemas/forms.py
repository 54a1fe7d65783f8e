"""Forms of others in which articles can be posted: what is read of them (they may hold more).

A part that cannot be read is left out, unless nothing else says the text or its date: so no type
is prescribed.
"""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.base import Answer


def _open(says: str, *, required: bool = False, name: str | None = None) -> fields.Raw:
    """A field that is written in several ways; `name` is its key where Python cannot say it."""
    return fields.Raw(required=required, data_key=name, metadata={"description": says})


class NewsArticleForm(Answer):
    """schema.org's NewsArticle, or another type of Article, as JSON-LD."""

    type_ = _open("NewsArticle, or the like.", required=True, name="@type")
    id_ = _open("Becomes `external_id`, unless there is an `identifier`.", name="@id")
    articleBody = _open("The text.", required=True)  # noqa: N815  # schema.org's name
    datePublished = _open(  # noqa: N815  # the same
        "When it was published; else `dateCreated` or `dateModified`.", required=True
    )
    headline = _open("The headline, a text.")
    url = _open("Its address, else `mainEntityOfPage`.")
    publisher = _open("The outlet: an Organization or a name.")
    author = _open("Persons or names.")
    inLanguage = _open("A BCP 47 tag or a Language.")  # noqa: N815  # the same
    image = _open("An address or an ImageObject, or several.")


class NinjsForm(Answer):
    """IPTC's News in JSON, 1.x, 2.x or 3.x."""

    uri = _open("Becomes `external_id`.", required=True)
    versioncreated = _open("When this version was made (3.x: `versionCreated`): its publication.")
    pubstatus = _open("`usable`, or `canceled` to take it back (3.x: `pubStatus`).")
    headlines = _open("Headlines by role (1.x: `headline`).")
    bodies = _open("Bodies by kind (1.x: `body_text`, `body_xhtml`); plain text is preferred.")
    by = _open("Who wrote it (1.x: `byline`).")
    copyrightholder = _open("The outlet, unless there is a `provider`.")
    language = _open("A BCP 47 tag.")
    associations = _open("The first one of type `picture` becomes `image`.")


class EventRegistryForm(Answer):
    """An article of Event Registry (NewsAPI.ai)."""

    uri = _open("Becomes `external_id`.")
    body = _open("The text.", required=True)
    dateTimePub = _open("When it was published.", required=True)  # noqa: N815  # its name
    title = _open("The headline.")
    url = _open("Its address.")
    source = _open("The outlet: its `title`.")
    authors = _open("Persons with `name`.")
    lang = _open("A code of three letters.")


class TrafilaturaForm(Answer):
    """What trafilatura extracts as JSON."""

    text = _open("The text.", required=True)
    hostname = _open("The outlet, unless there is a `sitename`.", required=True)
    date = _open("When it was published.", required=True)
    title = _open("The headline.")
    source = _open("Its address.")
