"""Whether whoever was let in may stay: asked again and again after the request is answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from service.api.access.callers import Caller
from service.api.access.guard import caller_again
from service.api.wire.parts import the_parts
from service.api.wire.problems import ProblemError
from service.errors import StoreUnavailableError


def may_go_on_reading(timeline: str) -> Callable[[], bool]:
    """A question for later: may the caller of this request still read the timeline?

    No once the timeline is gone, or is private to him, or his key was revoked or is past its day.
    While the record is away he stays: it does not say that he may not.
    """
    again, store = caller_again(), the_parts().store

    def may() -> bool:
        with suppress(StoreUnavailableError):
            return _reads(again, timeline)
        return True

    def _reads(ask: Callable[[], Caller], name: str) -> bool:
        try:
            caller = ask()
        except ProblemError:
            return False
        standing = store.find_revision(name)
        return standing is not None and (standing.public or caller.reads(name))

    return may
