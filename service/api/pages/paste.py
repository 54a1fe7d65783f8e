"""Pasting an article by the form of the first page: posting, for people."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from service.api.access.callers import scope_missing
from service.api.access.guard import the_caller
from service.api.intake.drafts import read_draft
from service.api.intake.posting import take
from service.api.pages.pasted import Typed, read_typed, refused_form
from service.api.pages.refusals import refuse_in_pages
from service.api.wire.htmlpages import page_once
from service.api.wire.parts import received_now
from service.api.wire.paths import refuse_timeline_name
from service.api.wire.problems import problem_of
from service.errors import InvalidInputError, TimelineError, Violation
from service.store.base import NewArticle

paste = refuse_in_pages(Blueprint("paste", __name__))


@paste.post("/paste")
def post_paste() -> Response:
    """Paste an article, by the form of the page at `/`.

    Checked as what is posted as JSON, and refused to pages of other sites. Programs post to
    `/v1/timelines/{timeline}/articles`.
    """
    typed = read_typed()
    try:
        article = _drafted(typed)
        _refuse_others(typed.timeline)
        added = take(typed.timeline, article)
    except TimelineError as error:
        return _again(typed, error)
    return Response(status=303, headers={"Location": f"/articles/{added.id}"})


def _drafted(typed: Typed) -> NewArticle:
    """The article; InvalidInputError names all that is wrong with it and its timeline at once."""
    found = _violations(lambda: refuse_timeline_name(typed.timeline))
    try:
        article = read_draft(typed.timeline, typed.article(), received_now())
    except InvalidInputError as error:
        raise InvalidInputError(*found, *error.violations) from error
    if found:
        raise InvalidInputError(*found)
    return article


def _violations(check: Callable[[], object]) -> tuple[Violation, ...]:
    try:
        check()
    except InvalidInputError as error:
        return tuple(error.violations)
    return ()


def _refuse_others(timeline: str) -> None:
    """Refuse a key that is for another timeline: which one is meant stands in the form alone."""
    caller = the_caller()
    if not caller.reaches(timeline):
        detail = f"the key is for the timeline '{caller.only}' only"
        raise scope_missing("write", detail)


def _again(typed: Typed, error: TimelineError) -> Response:
    """The form as it was sent, with what is wrong at each field, or with the problem above it."""
    problem, form = problem_of(error), refused_form(typed, error)
    told = "" if form.faults else f"{problem['title']}: {problem['detail']}."
    said = {"form": form, "told": told}
    return page_once("paste.html", said, status=int(str(problem["status"])))
