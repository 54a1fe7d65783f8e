"""For operators and explorers: is it up, can it work, what is here, what does a problem mean."""

from __future__ import annotations

from flask import Response, current_app, request

from service.api.described import routes, the_api
from service.api.examples import story
from service.api.openapi import openapi_yaml
from service.api.pages.start import start_page
from service.api.running.readiness import look, readiness
from service.api.schemas.operations import Health, Index, Readiness
from service.api.wire.answers import answer, not_modified, tagged, weak_etag
from service.api.wire.htmlpages import HTML, wants_page
from service.api.wire.metrics import OPENMETRICS, PLAIN, the_metrics
from service.api.wire.parts import the_parts, the_settings
from service.documents.jsontext import JsonObject

operations = routes("operations", "Is the service up, and where is what.")

OPENAPI = "timelines-openapi"
INDEX: JsonObject = {
    "service": "event-timelines",
    "links": {
        "timelines": "/v1/timelines",
        "resolve": "/v1/resolve",
        "openapi": "/openapi.yaml",
        "docs": "/docs",
        "problems": "/problems",
        "health": "/healthz",
        "ready": "/readyz",
        "metrics": "/metrics",
    },
}

METRICS = {
    "200": {
        "description": "Every metric, once.",
        "content": {
            PLAIN: {"schema": {"type": "string"}, "example": story.METRICS},
            OPENMETRICS: {"schema": {"type": "string"}},
        },
    }
}


@operations.route("/")
@operations.doc(
    responses={
        "200": {
            "description": "Where all is; as a page with the timelines for whoever asks for HTML.",
            "content": {
                "application/json": {"schema": Index, "example": INDEX},
                HTML: {"schema": {"type": "string"}},
            },
        }
    }
)
def get_index() -> Response:
    """See what is here.

    Browsers get the timelines that they may read, in pages (`cursor`), and a form to paste an
    article.
    """
    return start_page() if wants_page() else answer(INDEX, headers={"Vary": "Accept"})


@operations.route("/healthz")
@operations.response(200, Health, example={"status": "up"})
def get_health() -> Response:
    """Ask whether the process answers."""
    return answer({"status": "up"}, headers={"Cache-Control": "no-store"})


@operations.route("/readyz")
@operations.response(200, Readiness, example=story.READINESS)
def get_readiness() -> Response:
    """Ask whether the service can work.

    503 when the record cannot be reached or is not migrated. `degraded` names what is weak and what
    to do: the service answers, and whatever it accepts is kept.
    """
    document = readiness(look(the_parts()), the_settings())
    return answer(document, headers={"Cache-Control": "no-store"})


@operations.route("/metrics")
@operations.doc(responses=METRICS)
def get_metrics() -> Response:
    """Read metrics in the text format of Prometheus; OpenMetrics when `Accept` names it.

    Requests are those of this address, all else is of the whole service: with several addresses
    sum the one and take any of the other. Labels never hold names of timelines or text.
    """
    text, content_type = the_metrics().text(request.headers.get("Accept", ""))
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    return Response(text, headers=headers, content_type=content_type)


@operations.route("/openapi.yaml")
@operations.response(
    200, {"type": "object"}, content_type="application/yaml", description="OpenAPI 3.1."
)
def get_openapi() -> Response:
    """Read this description."""
    text: str = current_app.extensions.get(OPENAPI) or openapi_yaml(the_api())
    current_app.extensions[OPENAPI] = text  # written once: it takes a third of a second
    etag = weak_etag(text)
    return not_modified(etag) or tagged(Response(text, content_type="application/yaml"), etag)
