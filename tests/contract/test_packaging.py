"""The image, the compose file and the constraints agree with the package."""

import lzma
import re
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import srsly
import yaml

from service.settings import PREFIX, READERS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def requirements() -> list[str]:
    extras = PROJECT["optional-dependencies"].values()
    return [*PROJECT["dependencies"], *(line for lines in extras for line in lines)]


def folded(requirement: str) -> str:
    match = NAME.match(requirement)
    assert match
    return match.group().lower().replace("_", "-")


@pytest.mark.parametrize("requirement", requirements())
def test_every_requirement_is_pinned_in_the_constraints(requirement):
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {folded(line) for line in lines if "==" in line}
    assert folded(requirement) in pinned | {PROJECT["name"]}


def test_constraints_name_versions_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][\w.+-]*", line)
    ] == []


def test_compose_publishes_on_loopback_only():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_compose_settings_are_settings(settings_names):
    for service in COMPOSE["services"].values():
        chosen = {name for name in service.get("environment", {}) if name.startswith("TIMELINES_")}
        assert chosen <= settings_names


@pytest.fixture
def settings_names() -> set[str]:
    return {PREFIX + name.upper() for name in READERS}


DATA = (
    *("workers/english/pipeline.xz", "workers/english/LICENSE.md"),
    "workers/lexicon/triggers_en.toml",
    "workers/persian/triggers_fa.toml",
    *("service/timeline/wordweights/en.txt", "service/timeline/wordweights/LICENSE.md"),
    "service/timeline/agencies.toml",
    *("service/api/files/pages.css", "service/api/files/docs.js", "service/api/files/page.js"),
    "service/api/files/icon.svg",
    *("service/api/templates/parts/tools.html", "service/api/templates/parts/offers.html"),
    *("service/api/files/swagger_ui/swagger-ui.css", "service/api/files/swagger_ui/LICENSE"),
    *(
        "service/api/files/swagger_ui/swagger-ui-bundle.js",
        "service/api/files/swagger_ui/swagger-ui-bundle.js.LICENSE.txt",
        "service/api/files/swagger_ui/NOTICE",
    ),
    *("service/api/templates/page.html", "service/api/templates/problem.html"),
    *("service/api/templates/problems.html", "service/api/templates/docs.html"),
    *("service/api/templates/start.html", "service/api/templates/parts/paste_form.html"),
)
"""Files that the service reads besides its code."""
LISTS = (".gitignore", ".dockerignore")


@pytest.mark.parametrize("name", DATA)
def test_what_is_read_besides_code_lies_in_a_package_of_the_wheel(name):
    """A wheel of hatchling holds whole packages, but for what the lists of git leave out."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    target = wheel["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(target) == {"packages"}
    assert name.split("/")[0] in target["packages"]
    assert (ROOT / name).stat().st_size > 0
    assert not is_left_out(name, ".gitignore")


@pytest.mark.parametrize("name", DATA)
def test_what_is_read_besides_code_is_in_the_image(name):
    copied = re.findall(
        r"^COPY (\w+) \./\1$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert name.split("/")[0] in copied
    assert not is_left_out(name, ".dockerignore")


def is_left_out(name: str, ignored: str) -> bool:
    """Whether the last pattern that fits the file or a folder of it leaves it out."""
    path, left = PurePosixPath(name), False
    for line in (ROOT / ignored).read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/").rstrip("/")
        if pattern and any(each.match(pattern) for each in (path, *path.parents)):
            left = not line.startswith("!")
    return left


def test_only_the_file_that_should_be_is_left_out():
    assert is_left_out("workers/__pycache__/analysis.pyc", ".gitignore")
    assert is_left_out("tests/making.py", ".dockerignore")


def test_the_api_loads_no_language_pipeline():
    loaded = (
        "import sys, service.api.server, service.api.app, service.wiring, service.merging;"
        "print(sorted({'spacy', 'thinc', 'numpy', 'workers'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_the_english_pipeline_is_small_and_carries_no_more_strings_than_labels():
    data = (ROOT / "workers" / "english" / "pipeline.xz").read_bytes()
    strings = srsly.msgpack_loads(lzma.decompress(data))["strings"]
    assert len(data) < 2_000_000
    assert len(strings) < 300
    assert all(len(each) < 60 for each in strings)
