"""Forms of others in which articles can be posted: what is read of them (they may hold more)."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.base import Answer, Text


def _open(says: str) -> fields.Raw:
    """A field that is written in several ways, all of which are read."""
    return fields.Raw(metadata={"description": says})


class NewsArticleForm(Answer):
    """schema.org's NewsArticle, or another type of Article, as JSON-LD."""

    type_ = fields.Raw(
        data_key="@type", required=True, metadata={"description": "NewsArticle, or the like."}
    )
    id_ = Text("Becomes `external_id`, unless there is an `identifier`.", data_key="@id")
    articleBody = Text("The text.", required=True)  # noqa: N815  # schema.org's name
    datePublished = Text(  # noqa: N815  # the same
        "When it was published; else `dateCreated` or `dateModified`.", required=True
    )
    headline = Text("The headline.")
    url = _open("Its address, else `mainEntityOfPage`.")
    publisher = _open("The outlet: an Organization or a name.")
    author = _open("Persons or names.")
    inLanguage = _open("A BCP 47 tag or a Language.")  # noqa: N815  # the same
    image = _open("An address or an ImageObject, or several.")


class NinjsForm(Answer):
    """IPTC's News in JSON, 1.x, 2.x or 3.x."""

    uri = Text("Becomes `external_id`.", required=True)
    versioncreated = Text("When this version was made (3.x: `versionCreated`): its publication.")
    pubstatus = Text("`usable`, or `canceled` to take it back (3.x: `pubStatus`).")
    headlines = _open("Headlines by role (1.x: `headline`).")
    bodies = _open("Bodies by kind (1.x: `body_text`, `body_xhtml`); plain text is preferred.")
    by = _open("Who wrote it (1.x: `byline`).")
    copyrightholder = _open("The outlet, unless there is a `provider`.")
    language = Text("A BCP 47 tag.")
    associations = _open("The first one of type `picture` becomes `image`.")


class EventRegistryForm(Answer):
    """An article of Event Registry (NewsAPI.ai)."""

    uri = Text("Becomes `external_id`.")
    body = Text("The text.", required=True)
    dateTimePub = Text("When it was published.", required=True)  # noqa: N815  # its name
    title = Text("The headline.")
    url = Text("Its address.")
    source = _open("The outlet: its `title`.")
    authors = _open("Persons with `name`.")
    lang = Text("A code of three letters.")


class TrafilaturaForm(Answer):
    """What trafilatura extracts as JSON."""

    text = Text("The text.", required=True)
    hostname = Text("The outlet, unless there is a `sitename`.", required=True)
    date = Text("When it was published.", required=True)
    title = Text("The headline.")
    source = Text("Its address.")
