"""Versions of an article: what was posted, replaced and retracted, and when."""

from __future__ import annotations

from flask import Response

from service.api.described import routes
from service.api.examples import corrections as examples
from service.api.reading.articles import find_article
from service.api.schemas.corrections import VersionList, VersionRead
from service.api.schemas.posted import PageQuery
from service.api.wire.addresses import article_address, version_links, versions_address
from service.api.wire.answers import answer_read
from service.api.wire.paging import link_next, read_part
from service.api.wire.parts import the_parts
from service.api.wire.paths import ARTICLE_PATH, VERSION_PATH
from service.documents.jsontext import known
from service.documents.version import version_document, version_summary
from service.errors import NotFoundError

versions = routes("versions", "What an article said before it was corrected.")


@versions.route("/v1/articles/<article_id>/versions", parameters=[ARTICLE_PATH])
@versions.doc(parameters=[{"in": "query", "schema": PageQuery}])
@versions.response(200, VersionList, example=examples.VERSIONS)
def list_versions(article_id: str) -> Response:
    """List the versions of an article, oldest first."""
    part = read_part(int)
    find_article(article_id)
    found = the_parts().store.list_versions(
        article_id, limit=part.most, after=0 if part.after is None else int(part.after[0])
    )
    page, following = part.cut(found, lambda last: (last.version,))
    links = {"self": versions_address(article_id), "article": article_address(article_id)}
    document = {
        "versions": [
            version_summary(each, links=version_links(article_id, each.version)) for each in page
        ],
        **known({"next": following}),
        "links": links,
    }
    return link_next(answer_read(document), following)


@versions.route(
    "/v1/articles/<article_id>/versions/<version>", parameters=[ARTICLE_PATH, VERSION_PATH]
)
@versions.response(200, VersionRead, example=examples.VERSION)
def get_version(article_id: str, version: str) -> Response:
    """Read one version of an article, its fields as posted.

    Quotes and offsets of events hold in the version that the timeline tells: the present one, or
    `told_version` of an article that waits to be read.
    """
    find_article(article_id)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    found = the_parts().store.find_version(article_id, number)
    if found is None:
        raise NotFoundError(f"no version {version} of article '{article_id}'")
    return answer_read(version_document(found, links=version_links(article_id, number)))
