"""Signing in and out by form, where keys are on: the key is shown once, a session stands for it."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from service.api.access.cookies import give_session, take_session
from service.api.access.forms import read_form, the_session
from service.api.access.guard import Gate, the_caller, the_gate
from service.api.wire.htmlpages import page
from service.api.wire.problems import ProblemError
from service.errors import NotFoundError
from service.keyring import FILE_KEY_ID

signing = Blueprint("signing", __name__)

LONGEST_FORM = 20_000
"""Bytes of a form with a key and a way on."""
START = "/"
WAY_ON = re.compile(r"/(?:[!-.0-\[\]-~][!-\[\]-~]*)?")
"""A path of ours: one slash at its beginning, and none of the signs that browsers take for one."""


@signing.get("/sign-in")
def get_sign_in() -> Response:
    """Sign in by form."""
    _the_gate()
    return _page(way_on(request.args.get("next", "")))


@signing.post("/sign-in")
def post_sign_in() -> Response:
    """Begin a session for a key; a wrong key shows the form again and says so."""
    gate = _the_gate()
    fields = read_form(limit=LONGEST_FORM)
    onwards = way_on(fields.get("next", ""))
    try:
        holder = gate.doorkeeper.holder(fields.get("key", "").strip())
    except ProblemError as refused:
        response = _page(onwards, wrong=True)
        response.status_code = 401
        response.headers.update(refused.headers)
        return response
    _end_session(gate)
    return give_session(_go(onwards), gate.doorkeeper.begin(holder))


@signing.post("/sign-out")
def post_sign_out() -> Response:
    """End the session, here and in every other process."""
    gate = _the_gate()
    read_form(limit=LONGEST_FORM)
    _end_session(gate)
    return take_session(_go(START))


def way_on(wished: str) -> str:
    r"""`wished` if it is an address of this service, else the start.

    >>> way_on("/timelines/a?q=b"), way_on("//evil.example"), way_on("/\\evil.example")
    ('/timelines/a?q=b', '/', '/')
    """
    return wished if WAY_ON.fullmatch(wished) else START


def _page(onwards: str, *, wrong: bool = False) -> Response:
    response = page("sign-in.html", onwards=onwards, wrong=wrong, holder=_name_of_holder())
    response.headers["Cache-Control"] = "no-store"
    return response


def _name_of_holder() -> str | None:
    """By which key the visitor is signed in; a file's is not named, for that would be its path."""
    found = the_caller().credential
    if found is None:
        return None
    return "of the operator's file" if found.id == FILE_KEY_ID else found.name


def _go(onwards: str) -> Response:
    return Response(status=303, headers={"Location": onwards, "Cache-Control": "no-store"})


def _end_session(gate: Gate) -> None:
    session = the_session()
    if session is not None:
        gate.doorkeeper.end(session)


def _the_gate() -> Gate:
    gate = the_gate()
    if gate is None:
        raise NotFoundError("nobody signs in here: keys are off, and everything is open")
    return gate
