"""What a timeline can be taken as, for the menu of its page: feeds to follow, files to take."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from service.api.wire.addresses import timeline_address
from service.api.wire.answers import JSON
from service.api.wire.negotiation import export_address
from service.documents.exports.formats import FORMATS, Format

EMBED = "embed"
"""The parameter of a page that is made to stand in others."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One format: what it is called, where it is, its type, whether it is kept as a file."""

    title: str
    address: str
    media_type: str
    saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """The menu: what keeps up by itself, what is taken once, the page for frames of others.

    `framed` is empty for a private timeline; `site` is what goes before an address elsewhere.
    """

    followed: tuple[Offer, ...]
    taken: tuple[Offer, ...]
    framed: str
    site: str


def offers_of(timeline: str, query: str, *, public: bool) -> Offers:
    """What is offered of a timeline as its page shows it; `query` has the filters, no more."""
    followed = [each for each in FORMATS.values() if each.is_feed or each.cancels]
    taken = [each for each in FORMATS.values() if each not in followed]
    asked = f"?{query}" if query else ""
    own = Offer("Timeline (JSON)", f"{timeline_address(timeline)}{asked}", JSON)

    def offer(form: Format) -> Offer:
        address = f"{export_address(timeline, form)}{asked}"
        return Offer(form.title, address, form.media_type, form.saved)

    return Offers(
        followed=tuple(map(offer, followed)),
        taken=(*map(offer, taken), own),
        framed=f"/timelines/{timeline}?{framed_query(query)}" if public else "",
        site=request.host_url.rstrip("/"),
    )


def framed_query(query: str) -> str:
    """The query of the page that stands in others."""
    own = urlencode({EMBED: "1"})
    return f"{query}&{own}" if query else own
