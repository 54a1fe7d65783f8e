"""A corpus of attacks: each text is posted wherever an article has words, and read as a quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.documents.jsontext import read_object
from service.merging import Read
from service.store.base import Claimed
from service.store.sql import SqlStore
from service.timeline.details import Participant
from service.timeline.model import MentionId
from tests.browser.posting import have_read, post, send
from tests.faults.hazards import mention, reading
from tests.servers.web import Address

TIMELINE = "hostile"
RUN = "window.ran=1"
TEXTS = (
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'-({RUN})-'",
    f"</title><script>{RUN}</script>",
    f"</textarea></style></template></noscript><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onclick='{RUN}' x='",
    f"<svg/onload={RUN}><animate onbegin={RUN} attributeName=x>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}">here</a>',
    f'<math><mtext></p><a xlink:href="javascript:{RUN}">x',
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;img src=x onerror={RUN}&#62;",
    f"<template><script>{RUN}</script></template>",
    '<base href="https://elsewhere.example/"><link rel=stylesheet href="//elsewhere.example/x">',
    '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">',
    '<form action="https://elsewhere.example/"><button autofocus>x</button></form>',
    "<mark>bold</mark><plaintext>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    f"\u202e\u2066<script>{RUN}</script>\u2069 \ufeff\u2028",
    f"javascript:{RUN}",
    "W" * 120,
)
ADDRESSES = (
    f'https://outlet.example/"><script>{RUN}</script>',
    f"https://outlet.example/'onmouseover='{RUN}",
    f"https://outlet.example/?q=<img src=x onerror={RUN}>#javascript:{RUN}",
)
"""Addresses that the API may take: the host is one, the rest is not."""
NO_ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt://outlet.example/%0a{RUN}",
    f"\tjavascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "//outlet.example/",
    "file:///etc/passwd",
)
"""What must be refused where an address is asked for."""


def post_all(api: Address) -> list[str]:
    """Post an article for each text; their ids."""
    send(api, "PUT", f"/v1/timelines/{TIMELINE}", {"title": TEXTS[1], "description": TEXTS[7]})
    return [post(api, TIMELINE, article(text, at)) for at, text in enumerate(TEXTS)]


def article(text: str, at: int) -> dict[str, str]:
    """An article that says the text in every field that takes words."""
    return {
        "text": text,
        "title": text,
        "publisher": text,
        "author": text,
        "external_id": f"{at}{text}",
        "url": ADDRESSES[at % len(ADDRESSES)].replace(" ", "%20"),
        "published_at": f"2026-01-{at % 28 + 1:02}T10:00:00Z",
    }


def read_all(store: SqlStore) -> None:
    """Have each read as an event of its own whose every word is the text."""
    have_read(store, _read)


def _read(claimed: Sequence[Claimed]) -> Iterator[tuple[Claimed, Read]]:
    for each in claimed:
        text = str(read_object(each.posted)["text"])
        said = mention(each, [text])
        said = replace(
            said,
            id=MentionId(f"men_{each.id.removeprefix('art_')}"),
            terms=(each.id,),
            names=(each.id,),
            attribution=text,
            places=(text,),
            participants=(Participant(name=text, keys=(each.id,)),),
            relayed_by=(text,),
            derivation=(text,),
            evidence=(),
        )
        yield each, Read(reading(), (said,))
