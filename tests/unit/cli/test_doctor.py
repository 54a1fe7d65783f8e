"""`timelines doctor`: one line a check, and exit 1 when something needed is missing."""

import sqlite3
import sys

import pytest

from service.cli import doctor
from service.cli.doctor import Check, check_line, checks
from service.cli.main import main
from service.cli.terminal import Terminal


@pytest.fixture
def environ(tmp_path, unused_port):
    return {"TIMELINES_DATA_DIR": str(tmp_path / "data"), "TIMELINES_PORT": str(unused_port)}


def found(environ):
    return {check.name: check for check in checks(environ)}


def test_a_complete_machine_has_nothing_missing(environ):
    states = {check.name: check.state for check in checks(environ)}
    assert "missing" not in states.values()
    assert list(states) == [
        *("python", "environment", "packages", "html", "sqlite", "record", "postgresql"),
        *("redis", "data folder", "disk", "port"),
    ]


def test_doctor_leaves_nothing_behind(environ, tmp_path):
    found(environ)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_setting_is_a_line_like_the_others(environ):
    check = found({**environ, "TIMELINES_WORKERS": "many"})["settings"]
    assert check.state == "missing"
    assert "TIMELINES_WORKERS is 'many'" in check.says


def test_a_forced_form_of_redis_that_is_not_here_is_missing(environ, monkeypatch):
    monkeypatch.setenv("PATH", "")
    check = found({**environ, "TIMELINES_EMBEDDED_REDIS": "path"})["redis"]
    assert check.state == "missing"
    assert "redis-server" in check.says


def test_a_redis_that_does_not_answer_is_missing_and_its_password_is_not_shown(environ):
    check = found({**environ, "TIMELINES_REDIS_URL": "redis://:secret@127.0.0.1:9/0"})["redis"]
    assert check.state == "missing"
    assert "secret" not in check.says


def test_the_password_of_the_record_is_not_shown(environ):
    url = "postgresql://me:secret@127.0.0.1:9/news?password=secret"
    check = found({**environ, "TIMELINES_DATABASE_URL": url})["record"]
    assert check.says == "postgresql, 127.0.0.1:9/news"


def test_an_old_python_is_missing(environ, monkeypatch):
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (sys.version_info[0] + 1, 0))
    assert found(environ)["python"].state == "missing"


def test_a_missing_reader_of_pages_is_a_note_that_names_it(environ, monkeypatch):
    monkeypatch.setattr(doctor, "PAGE_PACKAGES", ("trafilatura", "no-such-package"))
    check = found(environ)["html"]
    assert (check.state, check.says[-15:]) == ("note", "no-such-package")


def test_a_line_names_state_check_and_finding():
    assert check_line(Check("redis", "ok", "there"), Terminal()) == " ok       redis        there"


def test_exit_1_when_something_needed_is_missing(environ, monkeypatch, capsys):
    for name, value in {**environ, "TIMELINES_REDIS_URL": "redis://127.0.0.1:9"}.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor"]) == 1
    assert " missing  redis " in capsys.readouterr().out


WEAK = {"part": "workers", "says": "no worker was heard of", "cure": "start one"}
AWAY = {"type": "/problems/store-unavailable", "detail": "the database is empty"}


@pytest.mark.parametrize(
    "status, document, state, says",
    [
        (200, {"status": "ready", "degraded": []}, "ok", "answers and is ready"),
        (200, {"status": "degraded", "degraded": [WEAK]}, "note", "was heard of: start one"),
        (503, AWAY, "missing", "the database is empty"),
    ],
)
def test_a_service_that_runs_is_asked_how_it_does(  # a table
    environ, service, status, document, state, says
):
    service.answer("GET /readyz", status, document)
    port = service.address.rpartition(":")[2]
    check = found({**environ, "TIMELINES_PORT": port})["service"]
    assert check.state == state
    assert says in check.says


def test_another_server_on_the_port_is_in_the_way(environ, service):
    port = service.address.rpartition(":")[2]
    assert found({**environ, "TIMELINES_PORT": port})["port"].state == "missing"


class WithoutTrees:
    """A connection to a SQLite that was built without R*Tree."""

    def __init__(self) -> None:
        self.closed = False

    def execute(self, _statement: str) -> None:
        raise sqlite3.OperationalError("no such module: rtree_i32")

    def close(self) -> None:
        self.closed = True


def test_a_sqlite_without_trees_is_told_apart():
    without = WithoutTrees()
    assert not doctor.has_tree(without)
    assert without.closed
    assert doctor.has_tree(sqlite3.connect(":memory:"))
