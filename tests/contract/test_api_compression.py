"""Smaller answers: which codings, for whom, and that tags and bodies stay what they are."""

import gzip

import brotli
import pytest
from flask import Response

from service.api.wire.compression import CODINGS, PACKERS, TYPES, coding_of, packed
from tests.contract.test_api_timelines import TIMELINE, tell
from tests.servers.api import ARTICLES, article

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture
def full(api):
    """A page that is worth compressing."""
    for number in range(1, 6):
        tell(api, f"2026-01-0{number}")
    return api


@pytest.mark.parametrize("coding", CODINGS)
def test_a_page_comes_in_the_coding_that_is_asked_for_and_is_the_same_page(full, coding):
    plain = full.get(TIMELINE)
    for _again in range(2):
        response = full.get(TIMELINE, Accept_Encoding=coding)
        assert response.headers["Content-Encoding"] == coding
        assert UNPACK[coding](response.data) == plain.data
        assert int(response.headers["Content-Length"]) == len(response.data) < len(plain.data) / 2
        assert response.headers["ETag"] == plain.headers["ETag"]
        assert response.headers["Link"] == plain.headers["Link"]
    for each in (plain, response):
        assert "Accept-Encoding" in each.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize(
    "accepted, coding",
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.9, br;q=0.2", "gzip"),
        ("gzip;q=0", "identity"),
        ("identity", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("zstd", "identity"),
        ("", "identity"),
        ("gzip;q=x,,;", "identity"),
    ],
)
def test_the_best_coding_that_the_client_takes_is_chosen(accepted, coding):
    assert coding_of(accepted) == coding


def test_an_unchanged_page_is_not_sent_again_in_any_coding(full):
    tag = full.get(TIMELINE, Accept_Encoding="br").headers["ETag"]
    response = full.get(TIMELINE, Accept_Encoding="gzip", If_None_Match=tag)
    assert (response.status_code, response.data) == (304, b"")
    assert "Accept-Encoding" in response.headers["Vary"]
    assert "Content-Encoding" not in response.headers


def test_the_strong_tag_of_an_article_is_good_for_a_correction_in_any_coding(api):
    long = article(text="The bridge was closed on Tuesday. " * 60)
    address = api.post(long).headers["Location"]
    plain = api.get(address).headers["ETag"]
    for coding in CODINGS:
        response = api.get(address, Accept_Encoding=coding)
        assert response.headers["Content-Encoding"] == coding
        tag = response.headers["ETag"]
        assert tag == f'{plain[:-1]}--{coding}"'
    corrected = {**long, "title": "Bridge closed again"}
    wrong = api.client.put(address, json=corrected, headers={"If-Match": '"7-0--br"'})
    assert wrong.status_code == 412
    right = api.client.put(address, json=corrected, headers={"If-Match": tag})
    assert right.status_code in {200, 202}


def test_small_answers_and_other_types_are_sent_as_they_are(api):
    api.post()
    for path in ("/healthz", f"{TIMELINE}?limit=1"):
        response = api.get(path, Accept_Encoding="gzip, br")
        assert "Content-Encoding" not in response.headers
    assert "text/event-stream" not in TYPES
    assert "image/png" not in TYPES


def test_a_problem_is_compressed_too(api):
    wrong = [{"text": ""} for _ in range(40)]
    response = api.client.post(ARTICLES, json=wrong, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"results" in gzip.decompress(response.data)


def test_a_stream_is_compressed_piece_by_piece_and_closed(api):
    seen = []

    def pieces():
        try:
            for number in range(1_000):
                yield f"{number},a line of a long table\n"
        finally:
            seen.append("closed")

    api.app.add_url_rule("/long", view_func=lambda: Response(pieces(), mimetype="text/csv"))
    for coding in CODINGS:
        response = api.get("/long", Accept_Encoding=coding)
        text = UNPACK[coding](response.data).decode()
        assert text.splitlines()[999] == "999,a line of a long table"
        assert len(response.data) < len(text) / 4
    assert seen == ["closed"] * 2


@pytest.mark.parametrize("coding", CODINGS)
def test_the_same_text_has_the_same_bytes(coding):
    text = b"The bridge was closed. " * 100
    assert packed(text, coding) == packed(text, coding)
    assert set(PACKERS) == set(CODINGS)
