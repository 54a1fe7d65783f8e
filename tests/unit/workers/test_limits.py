"""What interrupts a reading, and that nothing of it stays behind."""

import os
import resource
import signal
import time

import pytest

from service.errors import ReadingFailedError
from workers.limits import DRIFT, Interrupted, StopSign, cpu_limit


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_work_within_its_cpu_limit_is_left_alone():
    with cpu_limit(5):
        spin(0.01)


def test_work_beyond_its_cpu_limit_is_ended():
    with pytest.raises(ReadingFailedError, match=r"more than 0\.05 s of CPU"), cpu_limit(0.05):
        spin(10)


def test_the_limit_leaves_nothing_behind():
    before = (signal.getsignal(signal.SIGPROF), resource.getrlimit(resource.RLIMIT_CPU))
    with cpu_limit(5):
        inside = resource.getrlimit(resource.RLIMIT_CPU)[0]
    assert inside <= time.process_time() * (1 + DRIFT) + 5 + 2 + 2
    assert (signal.getsignal(signal.SIGPROF), resource.getrlimit(resource.RLIMIT_CPU)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def stop_while_reading():
    os.kill(os.getpid(), signal.SIGTERM)
    spin(5)


def test_a_stop_interrupts_what_may_be_dropped():
    sign = StopSign()
    with sign.heeded(), pytest.raises(Interrupted), sign.interrupting():
        stop_while_reading()
    assert sign.is_up


def test_a_stop_lets_a_commit_finish_and_interrupts_the_next_reading():
    sign = StopSign()
    with sign.heeded():
        os.kill(os.getpid(), signal.SIGTERM)
        spin(0.01)
        assert sign.is_up
        with pytest.raises(Interrupted), sign.interrupting():
            pytest.fail("went on")


def test_after_the_job_sigterm_is_what_it_was():
    before = signal.getsignal(signal.SIGTERM)
    with StopSign().heeded():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_interruption_is_nobodys_fault():
    assert not issubclass(Interrupted, Exception)
