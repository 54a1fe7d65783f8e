"""The guard: every request is admitted by what its operation needs, before its view runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app, g, request

from service.api.access.callers import (
    NOBODY,
    TRUSTED,
    Caller,
    Doorkeeper,
    Shown,
    key_needed,
    scope_missing,
    shown_now,
)
from service.api.access.door import TokenDoor
from service.api.access.forms import form_token, guard_form
from service.api.access.limits import Meter, register_limits
from service.api.access.needs import READ, Need, need_of
from service.api.access.origins import is_of_our_pages, is_own
from service.api.wire.parts import clock_of, the_parts
from service.api.wire.paths import is_id, no_article, no_delivery, no_timeline
from service.api.wire.problems import ProblemError
from service.intake import is_timeline_name
from service.keyring import file_key
from service.settings import Settings
from service.store.base import Standing
from service.store.shelf import Home
from service.wiring import Parts

GATE = "timelines-gate"
SAFE = frozenset({"GET", "HEAD"})
APART = "Authorization, Cookie"


@dataclass(frozen=True, slots=True)
class Gate:
    """Where keys are on: who asks is known by the doorkeeper, and pays from a bucket."""

    doorkeeper: Doorkeeper
    meter: Meter

    def identify(self, need: Need) -> Caller:
        """Who sends the request at hand, which is paid for; guessing keys costs the address."""
        g.shown = shown = shown_now(by_session=_takes_session(need))
        try:
            caller = self.doorkeeper.caller(shown)
        except ProblemError:
            self.meter.pay(NOBODY, need)
            raise
        g.session = None if caller.credential is None else shown.session
        self.meter.pay(caller, need)
        return caller


def register_access(app: Flask, settings: Settings, parts: Parts) -> None:
    """Admit the requests of `app` by its table of needs; take tokens off their addresses."""
    app.wsgi_app = TokenDoor(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's manual says
    gate = _gate(app, settings, parts) if settings.keys_on else None
    app.extensions[GATE] = gate

    def admit() -> None:
        if request.endpoint is None or request.method == "OPTIONS":
            return  # nothing is there, or a browser asks before it brings the key
        need = need_of(request.endpoint.rpartition(".")[2])
        if need.scope is not None or need.page:
            admit_by(need)

    app.before_request(admit)
    app.context_processor(lambda: {"visitor": the_visitor()})
    if gate is not None:
        app.after_request(_keep_apart)


def admit_by(need: Need) -> None:
    """Know who sends the request at hand, and refuse whoever lacks what is needed.

    Views of open addresses ask for themselves where one of their answers needs more.
    """
    if need.page and request.method == "POST":
        guard_form()
    gate = the_gate()
    g.caller = caller = _trusted(need) if gate is None else gate.identify(need)
    if need.scope is None:
        return
    if need.of_timelines:
        _admit_reader(caller)
    elif not caller.trusted:
        _admit_to(caller, need)


def _trusted(need: Need) -> Caller:
    """Who asks where keys are off: everyone is trusted, but other sites' pages read as strangers.

    A browser on this machine would else hand what is private here to any page that it shows, and
    send the plainest writes (a POST without a body) for it. Raises ProblemError for those.
    """
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None or is_own(origin):
        return TRUSTED
    if need.scope != READ.scope:
        raise ProblemError("not-allowed", "a page of another site only reads timelines here")
    return NOBODY if need.of_timelines else TRUSTED


def _takes_session(need: Need) -> bool:
    """Whether a session may stand for its key: on our pages, and in what their script reads.

    Browsers bring it along unasked, and another port of this host counts as the same site to them:
    so nothing that changes the record takes it but a form whose guard was passed.
    """
    if request.method == "POST":
        return need.page
    return (need.page or need.of_timelines) and request.method in SAFE and is_of_our_pages()


def _gate(app: Flask, settings: Settings, parts: Parts) -> Gate:
    doorkeeper = Doorkeeper(parts.store, file_key(settings), clock_of(app))
    return Gate(doorkeeper, register_limits(app, settings, parts.limits))


def the_caller() -> Caller:
    """Who sends the request at hand."""
    return cast("Caller", g.get("caller", NOBODY))


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a page needs to know of whom it is for."""

    form_token: str | None = field(repr=False)
    """What its forms carry; None where nobody is signed in."""
    may_sign_in: bool
    """Whether signing in could show more."""
    here: str
    """The address of the page, without feed token."""


def the_visitor() -> Visitor:
    """For whom the page at hand is; on pages that ask nobody, it offers nothing."""
    asked = current_app.extensions[GATE] is not None and "caller" in g
    here = request.full_path if request.query_string else request.path
    return Visitor(form_token(), asked and the_caller().credential is None, here)


def caller_again() -> Callable[[], Caller]:
    """A question for later: who sends the request at hand? ProblemError once nothing opens."""
    gate: Gate | None = current_app.extensions[GATE]
    caller = the_caller()
    if gate is None:
        return lambda: caller
    shown: Shown = g.shown
    return lambda: gate.doorkeeper.caller(shown)


def the_gate() -> Gate | None:
    """The gate of the application at hand; None where keys are off."""
    gate: Gate | None = current_app.extensions[GATE]
    return gate


def demand(scope: str) -> None:
    """Refuse a caller whose key lacks `scope`, for what an operation does besides its usual."""
    if not the_caller().has(scope):
        raise scope_missing(scope, f"the key lacks the scope '{scope}', which this needs")


def the_standing(timeline: str) -> Standing | None:
    """How far the timeline of this request is, looked up once; None when it is not there."""
    known: dict[str, Standing | None] = g.setdefault("standings", {})
    if timeline not in known:
        found = the_parts().store.find_revision(timeline) if is_timeline_name(timeline) else None
        known[timeline] = found
    return known[timeline]


def _admit_reader(caller: Caller) -> None:
    """Refuse what is not there and what is private to others in the same words."""
    where = request.view_args or {}
    if "timeline" in where:
        name = str(where["timeline"])
        standing = the_standing(name)
        if standing is None or not _is_readable(caller, Home(name, standing.public)):
            raise no_timeline(name)
    elif "article_id" in where:
        article = str(where["article_id"])
        home = _home_of(article)
        if home is None or not _is_readable(caller, home):
            raise no_article(article)


def _admit_to(caller: Caller, need: Need) -> None:
    """Refuse whoever has no key, lacks the scope, or reaches into another timeline."""
    scope = str(need.scope)
    if not caller.is_known:
        raise key_needed(f"this needs a key with the scope '{scope}': send Authorization: Bearer")
    if caller.feeds:
        raise scope_missing(scope, "a feed token reads its timeline and does nothing else")
    if not caller.has(scope):
        raise scope_missing(scope, f"the key lacks the scope '{scope}'")
    if caller.only is not None:
        _refuse_others(caller, need)


def _refuse_others(caller: Caller, need: Need) -> None:
    """Refuse a key that is for one timeline and reaches beyond it."""
    where = request.view_args or {}
    name = where.get("timeline")
    if "article_id" in where:
        article = str(where["article_id"])
        home = _home_of(article)
        if home is None or not (home.public or caller.reaches(home.timeline)):
            raise no_article(article)
        name = home.timeline
    elif "delivery_id" in where:
        name = _reached_by_delivery(caller, str(where["delivery_id"]))
    if need.of_all or (name is not None and not caller.reaches(str(name))):
        raise scope_missing(str(need.scope), f"the key is for the timeline '{caller.only}' only")


def _reached_by_delivery(caller: Caller, delivery: str) -> str:
    """The timeline of a delivery; one of a timeline that the caller does not reach is not there.

    Its id says nothing to whoever has no business with it, not even that it is one.
    """
    home = the_parts().store.find_delivery_home(delivery) if is_id(delivery) else None
    if home is None or not caller.reaches(home.timeline):
        raise no_delivery(delivery)
    return home.timeline


def _home_of(article_id: str) -> Home | None:
    return the_parts().store.find_home(article_id) if is_id(article_id) else None


def _is_readable(caller: Caller, home: Home) -> bool:
    if home.public:
        return True
    g.private = caller.reads(home.timeline)
    return bool(g.private)


def _keep_apart(response: Response) -> Response:
    """Keep what only some may read out of shared caches, and apart what hangs on the key."""
    said = response.headers.get("Vary")
    response.headers["Vary"] = f"{said}, {APART}" if said else APART
    if g.get("private") or the_caller().credential is not None:
        kept = response.headers.get("Cache-Control")
        response.headers["Cache-Control"] = f"private, {kept}" if kept else "private"
    return response
