"""The door of flask-smorest, which ships no types: typed blueprints, and the API they describe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, cast

from apispec import BasePlugin
from flask import Flask, current_app
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]  # ships no types
from marshmallow import Schema

from service.api.access.needs import Need, need_of
from service.api.schemas.problem import Problem
from service.api.wire.bodies import JSON
from service.api.wire.problems import CONTENT_TYPE

SECURITY_SCHEMES: Mapping[str, dict[str, str]] = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key with the scope that is named (`admin` includes all). Keys are off on "
        "loopback, unless the operator chose otherwise: then nothing needs one.",
    },
    "token": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "A feed token: reads its one private timeline, for clients that can carry "
        "nothing but an address.",
    },
}
REFUSALS: Mapping[bool, Mapping[str, str]] = {
    True: {"401": "UNAUTHORIZED", "429": "TOO_MANY_REQUESTS"},
    False: {"401": "UNAUTHORIZED", "403": "FORBIDDEN", "429": "TOO_MANY_REQUESTS"},
}
"""What the guard answers, by whether the operation reads timelines."""

View = TypeVar("View", bound=Callable[..., Any])


class Routes(Protocol):
    """What we use of a flask-smorest blueprint: routes and their description."""

    def route(
        self,
        rule: str,
        *,
        methods: Sequence[str] = ...,
        parameters: Sequence[Mapping[str, object]] = ...,
    ) -> Callable[[View], View]:
        """Serve `rule` by a view; its docstring is summary and description."""

    def response(
        self,
        status_code: int,
        schema: type[Schema] | Mapping[str, object] | None = None,
        *,
        content_type: str = ...,
        description: str = ...,
        example: object = ...,
        headers: Mapping[str, object] = ...,
    ) -> Callable[[View], View]:
        """Describe the usual answer; our views return whole responses."""

    def alt_response(
        self,
        status_code: int,
        response: str | None = None,
        *,
        schema: type[Schema] | Mapping[str, object] = ...,
        content_type: str = ...,
        description: str = ...,
        example: object = ...,
        headers: Mapping[str, object] = ...,
    ) -> Callable[[View], View]:
        """Describe another answer."""

    def doc(self, **description: object) -> Callable[[View], View]:
        """Add to the description in OpenAPI's own words."""


def routes(name: str, description: str) -> Routes:
    """An empty set of routes that OpenAPI groups under `name`."""
    return cast("Routes", Blueprint(name, __name__, description=description))


class DescribedApi(Api):  # type: ignore[misc]  # the base class ships no types
    """An Api whose errors are problems: described as such, and handled by `problems`."""

    ERROR_SCHEMA = Problem
    DEFAULT_RESPONSE_CONTENT_TYPE: str = JSON

    def _register_responses(self) -> None:
        usual: str = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual

    def _register_pagination_header(self) -> None:
        """Leave out the library's own paging: ours is `next` and Link."""

    def _register_error_handlers(self) -> None:
        """Leave errors to `problems.register_problems`."""


class OperationIds(BasePlugin):
    """Names each operation after its view, so that generated clients have good names."""

    def operation_helper(
        self,
        path: str | None = None,
        operations: dict[str, Any] | None = None,
        **given: Any,  # noqa: ANN401  # apispec's own
    ) -> None:
        """Add the name, and what it needs; each of our rules has one view and one method."""
        del path
        for operation in (operations or {}).values():
            name = given["rule"].endpoint.rpartition(".")[2]
            operation["operationId"] = name
            need = need_of(name)
            operation["security"] = security_of(need)
            refusals = () if need.scope is None else REFUSALS[need.of_timelines]
            operation["responses"].update(refusals)


def security_of(need: Need) -> list[dict[str, list[str]]]:
    """What an operation needs, in OpenAPI's words."""
    if need.scope is None:
        return []
    key = {"key": [need.scope]}
    return [{}, key, {"token": []}] if need.of_timelines else [key]


def describe(app: Flask, blueprints: Sequence[Routes], **options: object) -> DescribedApi:
    """The API of `app` with all `blueprints`; `options` go to the top of the OpenAPI document."""
    api = DescribedApi(app, spec_kwargs={**options, "extra_plugins": (OperationIds(),)})
    for name, scheme in SECURITY_SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    for each in blueprints:
        api.register_blueprint(each)
    return api


def the_api() -> DescribedApi:
    """The API of the application at hand."""
    apis = current_app.extensions["flask-smorest"]["apis"]
    return cast("DescribedApi", apis[""]["ext_obj"])
