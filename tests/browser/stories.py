"""A small story: what our samples and a Persian agency tell of one country, with a copy."""

from __future__ import annotations

import json

from seeds.samples import read_samples
from service.store.sql import SqlStore
from tests.browser.posting import have_read, post
from tests.servers.web import Address
from workers.grammar.analysis import build
from workers.pipeline import read_batch

TIMELINE = "iran-soldier"
PERSIAN = {
    "title": "شمار کشته‌های زلزله درون به ۳۸ نفر رسید",
    "publisher": "خبرگزاری مهرگان",
    "published_at": "2026-06-16T10:00:00+03:30",
    "external_id": "fa-agency",
    "language": "fa",
    "text": "زلزله‌ای به بزرگی ۶٫۱ روز یکشنبه ۲۴ خرداد استان درون را لرزاند "
    "و دست‌کم ۳۸ نفر را کشت.\n\n"
    "رامین گلشنی، وزیر نیرو، روز دوشنبه در پی قطعی برق استعفا داد.",
}
ELSEWHERE = {
    "external_id": "elsewhere",
    "publisher": "Evening Echo",
    "url": "https://evening-echo.example.com/iran",
}
"""How the copy of the first sample differs from it."""


def post_all(api: Address) -> str:
    """Post the story; the id of its first article."""
    told = [json.loads(each.body) for each in read_samples() if each.timeline == TIMELINE]
    copy = {**told[0], **ELSEWHERE}
    first, *_ = [post(api, TIMELINE, each) for each in (*told, copy, PERSIAN)]
    return first


def read_all(store: SqlStore) -> None:
    """Have it read as workers do."""
    analyser = build()
    have_read(store, lambda claimed: read_batch(claimed, analyser))
