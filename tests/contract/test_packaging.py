"""The image, the compose file and the constraints agree with the package."""

import re
import tomllib
from pathlib import Path

import pytest
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
