"""Where a request comes from: a page of this service, another site's, or no page at all.

Browsers say it in Origin (RFC 6454) and, on https and loopback, in Sec-Fetch-Site (W3C, Fetch
Metadata Request Headers); no script of a page can write either.
"""

from __future__ import annotations

from flask import request

from service.api.wire.parts import the_settings
from service.api.wire.problems import ProblemError, printable

SCHEMES = frozenset({"http", "https"})


def is_own(origin: str) -> bool:
    """Whether an Origin is this service as the request's Host names it.

    Its scheme counts where a proxy of ours tells ours; another hides that it speaks TLS.
    """
    scheme, _, host = origin.lower().partition("://")
    own = str(request.environ.get("HTTP_HOST", "")).lower()
    if scheme == "http" and came_by_https():
        return False
    return bool(own) and scheme in SCHEMES and host == own


def came_by_https() -> bool:
    """Whether a proxy of ours says that the browser came to it by https."""
    said = request.headers.get("X-Forwarded-Proto", "")
    proxies = the_settings().trusted_proxies if said else 0
    if not proxies:
        return False
    hops = [each.strip().lower() for each in said.split(",")]
    return hops[-min(proxies, len(hops))] == "https"


def is_of_our_pages() -> bool:
    """Whether nothing says that another site's page sends the request at hand."""
    origin = request.environ.get("HTTP_ORIGIN")
    site = request.environ.get("HTTP_SEC_FETCH_SITE")
    return (origin is None or is_own(origin)) and site in {None, "same-origin", "none"}


def refuse_foreign_form() -> None:
    """Raise ProblemError unless the browser says that a page of ours posts the form at hand.

    Browsers send Origin with every POST of a form; `null`, none and another's are refused alike.
    """
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None:
        raise _refused("it came without the header Origin")
    if not is_own(origin):
        raise _refused(f"it came from '{printable(origin)}'")
    site = request.environ.get("HTTP_SEC_FETCH_SITE")
    if site not in {None, "same-origin"}:
        raise _refused(f"the browser calls where it came from '{printable(site)}'")


def _refused(why: str) -> ProblemError:
    return ProblemError("not-allowed", f"a form is taken from pages of this service only: {why}")
