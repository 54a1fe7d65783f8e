"""Refusals as pages: what people see where programs get a problem document."""

from __future__ import annotations

from typing import TypeVar, cast

from flask import Blueprint, Response, render_template, request

from service.api.described import Routes
from service.api.wire.assets import address_of
from service.api.wire.htmlpages import HTML, JSON
from service.api.wire.problems import answer_error
from service.documents.jsontext import read_object
from service.errors import TimelineError

Pages = TypeVar("Pages", bound="Routes | Blueprint")


def refuse_in_pages(blueprint: Pages) -> Pages:
    """The blueprint, whose refusals are pages for whoever asks for HTML, the guard's as well."""
    cast("Blueprint", blueprint).register_error_handler(TimelineError, _refused)
    return blueprint


def _refused(error: TimelineError) -> Response:
    found = answer_error(error)
    if request.accept_mimetypes.best_match((*JSON, HTML)) == HTML:
        problem = read_object(found.get_data(as_text=True))
        found.set_data(render_template("refusal.html", asset=address_of, problem=problem))
        found.content_type = f"{HTML}; charset=utf-8"
    found.headers["Vary"] = "Accept"
    return found
