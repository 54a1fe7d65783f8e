"""Whatever is sent, the answer is a problem that says why, and never a fault of the service."""

import json

import pytest

from tests.servers.api import ARTICLE, ARTICLES, article, violations

UNREADABLE = {
    "an empty body": b"",
    "blanks": b" \n\t ",
    "no JSON": b"hello",
    "a cut object": b'{"text": "a',
    "a trailing comma": b'{"text": "a",}',
    "single quotes": b"{'text': 'a'}",
    "two documents": b"{} {}",
    "a control character in a string": b'{"text": "a\x00b"}',
    "NaN": b'{"text": NaN}',
    "Infinity": b'{"text": -Infinity}',
    "a number beyond all numbers": b'{"text": 1e400}',
    "a whole number beyond all numbers": b'{"text": ' + b"9" * 5000 + b"}",
    "a field twice": b'{"text": "a", "text": "b"}',
    "a field twice deep inside": b'{"image": {"url": "a", "url": "b"}}',
    "33 levels": b'{"image":' * 32 + b"{}" + b"}" * 32,
    "many levels": b"[" * 100_000,
    "many closed levels": b"[" * 100_000 + b"]" * 100_000,
    "many objects": b'{"a":' * 100_000,
    "UTF-16": json.dumps(article()).encode("utf-16"),
    "UTF-32": json.dumps(article()).encode("utf-32"),
    "Latin-1": b'{"text": "caf\xe9"}',
    "a surrogate in UTF-8": b'{"text": "\xed\xa0\x80"}',
    "an overlong coding": b'{"text": "\xc0\x80"}',
}

INVALID = {
    "null": (b"null", ""),
    "a string": (b'"text"', ""),
    "a number": (b"1", ""),
    "true": (b"true", ""),
    "an empty object": (b"{}", "/text"),
    "NUL": (json.dumps(article(text="a\x00b")).encode(), "/text"),
    "a lone high surrogate": (json.dumps(article(text="a\ud800b")).encode(), "/text"),
    "a lone low surrogate": (json.dumps(article(title="\udc00")).encode(), "/title"),
    "a lone surrogate in the key": (
        json.dumps(article("\ud800")).encode(),
        "/external_id",
    ),
    "a lone surrogate in a field's name": (
        json.dumps(article(**{"a\ud800": 1})).encode(),
        "/a\\ud800",
    ),
    "a field's name that a pointer must escape": (
        json.dumps(article(**{"a/b~c": 1})).encode(),
        "/a~1b~0c",
    ),
    "blank text": (json.dumps(article(text=" \n ")).encode(), "/text"),
    "an empty title": (json.dumps(article(title="")).encode(), "/title"),
    "a null": (json.dumps(article(title=None)).encode(), "/title"),
    "a number for text": (json.dumps(article(text=5)).encode(), "/text"),
    "a list for text": (json.dumps(article(text=["a"])).encode(), "/text"),
    "an object for text": (json.dumps(article(text={})).encode(), "/text"),
    "a boolean for a date": (json.dumps(article(published_at=True)).encode(), "/published_at"),
    "a null image": (json.dumps(article(image=None)).encode(), "/image"),
    "a string for an image": (json.dumps(article(image="x")).encode(), "/image"),
    "an image of a file": (
        json.dumps(article(image={"url": "file:///etc/passwd"})).encode(),
        "/image/url",
    ),
    "a script for an address": (json.dumps(article(url="javascript:alert(1)")).encode(), "/url"),
    "an address without host": (json.dumps(article(url="http:///x")).encode(), "/url"),
    "an address with a blank": (json.dumps(article(url="http://a.example/a b")).encode(), "/url"),
    "an address with a bad port": (json.dumps(article(url="http://a.example:x/")).encode(), "/url"),
    "an address with a bad bracket": (json.dumps(article(url="http://[x/")).encode(), "/url"),
    "a language that is none": (json.dumps(article(language="english!")).encode(), "/language"),
    "a zone that is none": (json.dumps(article(timezone="Mars/Base")).encode(), "/timezone"),
    "a zone that is a path": (json.dumps(article(timezone="../../etc")).encode(), "/timezone"),
    "a clock without offset": (
        json.dumps(article(published_at="2026-01-27T10:00:00")).encode(),
        "/published_at",
    ),
    "a day that is none": (
        json.dumps(article(published_at="2026-02-30")).encode(),
        "/published_at",
    ),
    "Arabic digits": (json.dumps(article(published_at="٢٠٢٦-٠١-٢٧")).encode(), "/published_at"),
    "html": (json.dumps(article(html="<p>a</p>")).encode(), "/html"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_json_is_refused_with_its_place(api, case):
    response = api.send(UNREADABLE[case])
    assert response.status_code == 400
    assert response.json["type"] == "/problems/unreadable-json"
    assert api.store.find_timeline("demo") is None


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_line_that_is_no_json_is_refused_alone(api, case):
    line = UNREADABLE[case].replace(b"\n", b" ")
    response = api.send(line + b"\n" + json.dumps(article()).encode(), "application/x-ndjson")
    assert response.status_code == 200
    assert response.json["accepted"] == 1
    assert response.json["results"][-1]["status"] == "accepted"


@pytest.mark.parametrize("case", INVALID)
def test_what_breaks_the_contract_is_refused_with_a_pointer(api, case):
    body, pointer = INVALID[case]
    response = api.send(body)
    assert response.status_code == 422, response.text
    assert pointer in violations(response)
    assert api.store.find_timeline("demo") is None


@pytest.mark.parametrize("case", INVALID)
def test_a_bad_article_in_an_array_harms_no_neighbour(api, case):
    body, _pointer = INVALID[case]
    response = api.send(b"[" + body + b"," + json.dumps(article()).encode() + b"]")
    assert response.status_code == 200
    assert [each["status"] for each in response.json["results"]] == ["refused", "accepted"]


def test_the_place_where_json_ends_is_named(api):
    response = api.send(b'{"text": "a",\n "title": oops}')
    assert response.json["detail"] == "line 2, column 11: expecting value"


def test_a_byte_order_mark_is_passed_over(api):
    assert api.send(b"\xef\xbb\xbf" + json.dumps(article()).encode()).status_code == 202
    lines = b"\xef\xbb\xbf" + json.dumps(article("b")).encode()
    assert api.send(lines, "application/x-ndjson").json["accepted"] == 1


def test_text_is_kept_code_point_for_code_point(api):
    text = "یکشنبه\u200c‌ — \U0001f600 e\u0301 \r\n\ttail\u2028 \x7f\ufffe "
    taken = api.post(article(text=text))
    assert taken.status_code == 202
    assert api.get(taken.headers["Location"]).json["text"] == text


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=latin-1",
        "application/jsonp",
        ";",
        "\u00e9",
    ],
)
def test_a_body_without_a_json_type_is_refused(api, content_type):
    response = api.client.post(
        ARTICLES, data=json.dumps(article()).encode(), content_type=content_type
    )
    assert response.status_code == 415
    assert response.json["type"] == "/problems/unsupported-media-type"
    taken = "application/json, application/ld+json, application/x-ndjson"
    assert response.headers["Accept-Post"] == taken


@pytest.mark.parametrize("content_type", ["application/json;charset=UTF-8", "Application/JSON"])
def test_utf_8_may_be_named(api, content_type):
    assert api.send(json.dumps(article()).encode(), content_type).status_code == 202


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "gzip, identity", "x"])
def test_a_coded_body_is_refused_unread(api, coding):
    response = api.send(b"\x1f\x8b", headers={"Content-Encoding": coding})
    assert response.status_code == 415
    assert response.headers["Accept-Encoding"] == "identity"
    assert coding in response.json["detail"]


@pytest.mark.parametrize("tag", ['""', '"", "x"', 'W/""', '"1-1', ", ,", '"\\"', "\u00e9", '"٣-١"'])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_tag_that_names_no_version_fits_none(api, method, tag):
    taken = api.post().json["links"]["self"]
    response = api.client.open(taken, method=method, json=ARTICLE, headers={"If-Match": tag})
    assert (response.status_code, response.json["type"]) == (412, "/problems/precondition-failed")
