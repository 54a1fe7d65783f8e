"""Pages that explain: each kind of problem with its cure, and the API to be tried by hand."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response

from service.api.described import routes
from service.api.running.problem_examples import PROBLEM_EXAMPLES, example_of
from service.api.schemas.operations import ProblemKind, ProblemKinds
from service.api.wire.answers import answer, not_modified, tagged, weak_etag
from service.api.wire.assets import asset
from service.api.wire.htmlpages import HTML, JSON, page, wants_data
from service.api.wire.problem_types import PROBLEM_TYPES
from service.documents.jsontext import JsonObject, dumps
from service.errors import NotFoundError

manual = routes("manual", "What the service says of itself to people.")

PAGE = {"schema": {"type": "string"}}


def kind_of(code: str) -> JsonObject:
    """One kind of problem as data."""
    problem = PROBLEM_TYPES[code]
    return {
        "type": f"/problems/{code}",
        "status": problem.status,
        "title": problem.title,
        "means": problem.means,
        "cure": problem.cure,
        "example": example_of(code),
    }


def _page_and_data(schema: type, example: JsonObject) -> dict[str, object]:
    """The description of a page that is data, too, for whoever asks for it."""
    content = {HTML: PAGE, JSON[0]: {"schema": schema, "example": example}}
    return {"200": {"description": "A page, or the same as data by Accept.", "content": content}}


@manual.route("/problems")
@manual.doc(responses=_page_and_data(ProblemKinds, {"problems": [kind_of("not-found")]}))
def list_problems() -> Response:
    """Read which kinds of problems there are."""
    if wants_data():
        return _told(dumps({"problems": [kind_of(code) for code in PROBLEM_TYPES]}))
    known = sorted(PROBLEM_TYPES.items(), key=lambda each: (each[1].status, each[1].title))
    return page("problems.html", problems=known)


@manual.route("/problems/<code>")
@manual.doc(responses=_page_and_data(ProblemKind, kind_of("not-found")))
def get_problem(code: str) -> Response:
    """Read what a kind of problem means, what helps, and an example."""
    problem = PROBLEM_TYPES.get(code)
    if problem is None:
        raise NotFoundError(f"no problem type '{code}': GET /problems lists them")
    if wants_data():
        return _told(dumps(kind_of(code)))
    return page(
        "problem.html",
        code=code,
        problem=problem,
        phrase=HTTPStatus(problem.status).phrase,
        after=PROBLEM_EXAMPLES[code].after,
        example=json.dumps(example_of(code), indent=2, ensure_ascii=False),
    )


@manual.route("/docs")
@manual.response(200, {"type": "string"}, content_type=HTML, description="Swagger UI.")
def get_docs() -> Response:
    """Try the API in a browser."""
    return page("docs.html")


@manual.route("/assets/<name>")
@manual.doc(
    responses={
        "200": {
            "description": "A file that a page loads; its address changes with its content.",
            "content": {"text/css": PAGE, "text/javascript": PAGE},
        }
    }
)
def get_asset(name: str) -> Response:
    """Load a file of a page."""
    found = asset(name)
    if found is None:
        raise NotFoundError(f"no file '{name}'")
    return found


def _told(text: str) -> Response:
    etag = weak_etag(text)
    found = not_modified(etag) or tagged(answer(text), etag)
    found.headers["Vary"] = "Accept"
    return found
