"""The pages to try the API and to read about problems: from this service alone, and guarded."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from service.api.wire.assets import FILES, FOLDER, SWAGGER_UI, address_of

SWAGGER = {
    "swagger-ui-bundle.js": "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2",
    "swagger-ui.css": "5ed08757e53da3e026d6cbecc61fe5d43585c9560b302d534ad56692519a273d",
}
"""SHA-256 of the files in the npm package."""
LOADED = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


@pytest.mark.parametrize("page", ["/docs", "/problems", "/problems/not-found"])
def test_what_a_page_loads_is_here(api, page):
    loaded = LOADED.findall(api.get(page).text)
    assert loaded
    for address in loaded:
        assert api.get(address).status_code == 200


def test_the_page_to_try_the_api_starts_by_a_file_and_asks_no_other_host(api):
    page = api.get("/docs")
    assert len(LOADED.findall(page.text)) == 3
    assert "<script>" not in page.text
    assert "://" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    script = (FOLDER / "docs.js").read_text(encoding="utf-8")
    assert "validatorUrl: null" in script
    assert "://" not in script


@pytest.mark.parametrize(
    "path", ["/", "/problems", "/docs/", "/v1/timelines", "/nowhere", "/assets/x"]
)
def test_looser_styles_are_allowed_on_that_page_alone(api, path):
    assert "unsafe" in api.get("/docs").headers["Content-Security-Policy"]
    assert "unsafe" not in api.get(path).headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", FILES)
def test_files_are_kept_for_ever_under_an_address_of_their_content(api, name):
    plain = api.get(address_of(name))
    assert plain.data == (FOLDER / FILES[name][0]).read_bytes()
    assert plain.content_type == FILES[name][1]
    assert "immutable" in plain.headers["Cache-Control"]
    packed = api.get(address_of(name), Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(plain.data) / 1.4


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_files_are_asked_for_cheaply(api, coding):
    address = address_of("swagger-ui.css")
    first = api.get(address, Accept_Encoding=coding)
    again = api.get(address, Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "name",
    [
        *("pages.css", "pages.0123456789abcdef.css", "LICENSE", "..%2f..%2fapp.py", "%2e%2e"),
        *(".css", "a.css", "pages..css", "%00", "\u00e9.css", "x" * 3000),
    ],
)
def test_no_other_file_is_given(api, name):
    response = api.get(f"/assets/{name}")
    assert (response.status_code, response.json["type"]) == (404, "/problems/not-found")


def test_swagger_ui_is_the_one_from_its_package():
    folder = FOLDER / "swagger_ui"
    for name, expected in SWAGGER.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    assert f"swagger-ui-dist {SWAGGER_UI}" in (folder / "VERSION.md").read_text(encoding="utf-8")
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert {path.name for path in Path(folder).iterdir()} == {
        *SWAGGER,
        *("LICENSE", "NOTICE", "VERSION.md", "swagger-ui-bundle.js.LICENSE.txt"),
    }
