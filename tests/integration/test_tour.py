"""docs/api.md shows what the service answers; its widget and its Python client work."""

import json
import re
import subprocess
import sys
import urllib.request

import pytest

from tests import tour

PAGE = tour.PAGE.read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with tour.up(tmp_path_factory.mktemp("tour")) as running:
        yield running


@pytest.mark.slow
def test_the_page_shows_what_the_service_answers(service):
    assert tour.settled(tour.walked(PAGE, service)) == tour.settled(PAGE), (
        "run python -m tests.tour --write and look at what changed"
    )


@pytest.mark.slow
def test_the_python_client_prints_a_timeline(service):
    code = block("python").replace(tour.SHOWN, service.address)
    ran = subprocess.run(
        [sys.executable, "-"], input=code, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.endswith(" - The lighthouse was lit again on Friday\n")


STAGE = """
const items = [];
const element = () => ({append(...parts) {this.parts = parts;}, dataset: {}});
const theList = {dataset: {from: FROM}, append(item) {items.push(item);}};
globalThis.document = {querySelector: () => theList, createElement: element};
"""
CURTAIN = """
const said = ({parts: [when, , words]}) => [when.dateTime, when.textContent, words];
console.log(JSON.stringify(items.map(said)));
"""


@pytest.mark.slow
def test_the_widget_lists_what_is_most_salient(service, tmp_path):
    address = f"http://{service.address}/v1/timelines/widget"
    post = urllib.request.Request(  # noqa: S310  # our own
        f"{address}/articles",
        json.dumps(
            {
                "text": "The lighthouse burned down on Friday. Nobody was hurt.",
                "published_at": "2026-02-01",
            }
        ).encode(),
        {"Content-Type": "application/json", "Prefer": "wait=20"},
    )
    urllib.request.urlopen(post, timeout=30).close()  # noqa: S310  # our own
    script = tmp_path / "widget.mjs"
    script.write_text(STAGE.replace("FROM", json.dumps(address)) + block("js") + CURTAIN)
    ran = subprocess.run(["node", script], capture_output=True, text=True, check=True, timeout=30)
    shown = json.loads(ran.stdout)
    assert 1 <= len(shown) <= 10
    assert shown[0][:2] == ["2026-01-30", "30 January 2026"]
    assert "lighthouse" in shown[0][2]


def test_what_is_left_out_is_marked():
    assert json.loads(tour.short('{"a": [1, 2, 3]}')) == {"a": [1, "… 2 more"]}
    assert tour.short(json.dumps({"a": "x" * 500})).count("…") == 1
    assert tour.short("line\n" * 500).endswith("more lines\n")
    assert tour.short("x" * 500).endswith("…\n")
    deep = {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}
    assert "{…}" in tour.short(json.dumps(deep))


def test_commands_are_told_from_their_answers():
    shown = "$ curl -d '{\n  \"a\": 1}' \\\n  x\n{}\n$ echo 1\n1\n"
    assert list(tour.commands(shown)) == ["curl -d '{\n  \"a\": 1}' \\\n  x", "echo 1"]
