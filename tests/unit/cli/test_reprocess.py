"""`timelines reprocess`: what it marks, what it says, and when it ends."""

import pytest

from service.cli import reprocess
from service.cli.main import main
from service.store.schema import migrate
from service.store.sql import SqlStore
from tests.contract.storevalues import article, tell


@pytest.fixture
def store(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'timelines.sqlite3'}"
    monkeypatch.setenv("TIMELINES_DATA_DIR", str(tmp_path))
    migrate(url)
    made = SqlStore(url)
    for name in "ab":
        tell(made, article(name))
    yield made
    made.close()


def test_it_says_how_many_it_marked(store, capsys):
    assert main(["reprocess", "demo", "--no-wait"]) == 0
    assert capsys.readouterr().out == "2 articles of demo will be read again\n"
    assert store.count_again("demo", at_most=9) == 2
    assert main(["reprocess", "--no-wait"]) == 0
    assert capsys.readouterr().out == "2 articles of all timelines will be read again\n"


def test_it_waits_for_nothing_when_there_is_nothing(store, capsys):
    assert main(["reprocess", "--failed"]) == 0
    assert capsys.readouterr().out == "0 articles of all timelines will be read again\n"


def test_an_unknown_timeline_is_refused(store, capsys):
    assert main(["reprocess", "nowhere"]) == 2
    assert "no timeline 'nowhere'" in capsys.readouterr().err


def test_a_database_that_was_not_migrated_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TIMELINES_DATA_DIR", str(tmp_path))
    assert main(["reprocess"]) == 2
    assert "migrate" in capsys.readouterr().err


def said(counts, step=3.0):
    now, rest = [0.0], iter(counts)

    def pause(_seconds):
        now[0] += step

    return list(reprocess.progress(lambda: next(rest), pause=pause, clock=lambda: now[0]))


def test_progress_is_said_now_and_then_until_the_end():
    assert said([10_000, 7, 5, 1, 0]) == [
        "at least 10,000 articles left",
        "5 articles left",
        "all of them were read again",
    ]
    assert said([0]) == ["all of them were read again"]
    assert said([1, 0])[0] == "1 article left"


def test_when_nothing_moves_it_asks_for_a_worker():
    lines = said([3, 3, 3, 3, 0], step=61.0)
    assert "3 articles left, and nothing moves: is a `timelines worker` running?" in lines
