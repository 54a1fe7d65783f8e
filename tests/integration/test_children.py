"""Child processes: they are restarted with back-off and never outlive their parent."""

import os
import signal
import sys
import time

import pytest

from service import children
from tests.servers.waiting import is_alive, wait_until


@pytest.fixture
def note(tmp_path):
    return tmp_path / "note"


def sleep_long():
    time.sleep(60)


def deaf_to_sigterm():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def test_a_command_runs_with_the_environment_it_was_given(note):
    text = "import os, sys; open(sys.argv[1], 'w').write(os.environ['COLOUR'])"
    argv = [sys.executable, "-c", text, str(note)]
    process = children.start(children.command("painter", argv, {"COLOUR": "blue"}))
    wait_until(lambda: not process.is_running(), 20)
    assert process.status == 0
    assert note.read_text() == "blue"


def test_a_command_that_is_not_there_ends_with_one_line(caplog):
    process = children.start(children.command("ghost", ["/no/such/program"]))
    wait_until(lambda: not process.is_running(), 20)
    assert process.status == 1


def test_stopping_kills_what_does_not_listen():
    process = children.start(children.Child("deaf", deaf_to_sigterm))
    time.sleep(0.1)
    begun = time.monotonic()
    process.stop(within=0.3)
    assert process.status == -signal.SIGKILL
    assert time.monotonic() - begun < 1


def test_a_child_dies_with_its_parent(note):
    def parent():
        note.write_text(str(children.start(children.Child("child", sleep_long)).pid))
        time.sleep(60)

    process = children.start(children.Child("parent", parent))
    wait_until(lambda: note.exists() and note.read_text(), 20)
    child = int(note.read_text())
    assert is_alive(child)
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(child), 1)
    process.stop()


def test_a_child_that_was_killed_is_started_again():
    with children.Supervisor() as supervisor:
        first = supervisor.start(children.Child("sleeper", sleep_long))
        first.send(signal.SIGKILL)
        assert supervisor.wait(0.3)
        second = supervisor.processes[0]
        assert second.pid != first.pid
        assert second.is_running()
    assert not is_alive(second.pid)


def test_a_child_that_keeps_ending_is_started_ever_less_often(note):
    def end_at_once():
        with note.open("a") as file:
            file.write("x")

    with children.Supervisor() as supervisor:
        supervisor.start(children.Child("mayfly", end_at_once))
        supervisor.wait(1.0)
    # Pauses of 0.1, 0.2, 0.4 and 0.8 s: three restarts in a second.
    assert len(note.read_text()) == 4


def test_the_supervisor_stops_everything_on_sigterm_in_order(note):
    def note_the_end(name):
        def end(*_):
            with note.open("a") as file:
                file.write(name)
            os._exit(0)

        signal.signal(signal.SIGTERM, end)
        time.sleep(60)

    def parent():
        with children.Supervisor() as supervisor:
            supervisor.start(children.Child("base", lambda: note_the_end("base "), stops_last=True))
            supervisor.start(children.Child("user", lambda: note_the_end("user ")))
            supervisor.run()

    process = children.start(children.Child("parent", parent))
    time.sleep(0.3)
    begun = time.monotonic()
    process.send(signal.SIGTERM)
    wait_until(lambda: not process.is_running(), 20)
    assert time.monotonic() - begun < 1
    assert note.read_text() == "user base "
    assert process.status == 0


def test_handlers_are_put_back_when_the_supervisor_leaves():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    with children.Supervisor():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before
