"""Versions of articles as they are read, and the parameters of a retraction."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer, Query
from service.api.schemas.posted import ArticlePosted


class RetractQuery(Query):
    """How an article is deleted."""

    erase = fields.Boolean(
        load_default=False,
        truthy={"true"},
        falsy={"false"},
        error_messages={"invalid": "must be true or false"},
        metadata={"description": "Whether its text goes as well, out of history too."},
    )


class VersionSummary(Answer):
    """One version of an article."""

    article_id = shapes.text("The article.")
    timeline = shapes.text("The timeline that it was posted to.")
    version = shapes.whole("Its number, from 1.")
    type = shapes.word("What made it.", ("posted", "replaced", "retracted"))
    received_at = shapes.instant("When it was accepted.")
    links = shapes.links()


class VersionList(Answer):
    """One page of the versions of an article."""

    versions = shapes.many(VersionSummary, "The versions, oldest first.")
    next = shapes.text("Address of the next page; absent on the last.", required=False)
    links = shapes.links()


class VersionRead(VersionSummary):
    """One version with its fields."""

    article = shapes.part(
        ArticlePosted, "The fields as posted; absent from a retraction.", required=False
    )
