"""The command line as a whole: help that teaches, errors that are one sentence."""

import importlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli.main import COMMANDS, main
from service.cli.parser import build_parser
from service.settings import PREFIX, READERS


def run(*arguments, **environ):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "service.cli.main", *arguments],
        env={**kept, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_a_command_the_help_is_shown(capsys):
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert "first steps:" in shown
    assert all(f"\n    {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_description_and_an_example(name, capsys):
    with pytest.raises(SystemExit) as ending:
        main([name, "--help"])
    assert ending.value.code == 0
    shown = capsys.readouterr().out
    assert "\nexample" in shown
    assert f"timelines {name}" in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_function(name):
    module, function = COMMANDS[name]
    assert callable(getattr(importlib.import_module(module), function))


def test_the_settings_in_the_help_are_settings():
    named = {word.strip("(),") for word in build_parser().format_help().split()}
    shown = {word for word in named if word.startswith(PREFIX)}
    assert shown
    assert shown <= {PREFIX + name.upper() for name in READERS}


def test_a_bad_setting_is_one_sentence_without_a_traceback(tmp_path):
    ended = run("up", TIMELINES_PORT="eighty", TIMELINES_DATA_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr == (
        "timelines: TIMELINES_PORT is 'eighty': use a whole number from 1 to 65535\n"
    )


def test_a_busy_port_is_one_sentence_that_names_the_setting(tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        ended = run("up", TIMELINES_PORT=str(port), TIMELINES_DATA_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"timelines: port {port} on 127.0.0.1 is in use")
    assert f"TIMELINES_PORT={port + 1}" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not list((tmp_path).glob("*.sqlite3"))


def test_a_missing_redis_is_one_sentence_that_says_how_to_get_it(tmp_path, unused_port):
    ended = run(
        "up",
        PATH="",
        TIMELINES_PORT=str(unused_port),
        TIMELINES_DATA_DIR=str(tmp_path),
        TIMELINES_EMBEDDED_REDIS="path",
    )
    assert ended.returncode == 2
    assert "redis-server" in ended.stderr
    assert "TIMELINES_REDIS_URL" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_reader_that_has_enough_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "service.cli.main", "doctor"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert ended.stderr == b""
    assert ended.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_sentence():
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "service.cli.main",
                "explain",
                "May",
                "--at",
                "2026-01-27",
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert ended.stderr == b"timelines: no space is left where this writes to\n"
    assert ended.returncode == 2


def test_a_description_that_cannot_be_written_is_one_sentence(tmp_path):
    ended = run("openapi", str(tmp_path / "nowhere" / "openapi.yaml"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("cannot write ")
    assert ended.stderr.endswith("openapi.yaml: No such file or directory\n")


def test_a_part_does_not_start_with_settings_that_cannot_be():
    ended = run("web", TIMELINES_HOST="192.0.2.1", TIMELINES_KEYS="off")
    assert ended.returncode == 2
    assert "TIMELINES_INSECURE=1" in ended.stderr
    assert ended.stderr.count("\n") == 1
