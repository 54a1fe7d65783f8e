"""How the sweeper lets old changes go: a little at a time, and not all the time."""

import pytest

from service.settings import Settings
from service.trimming import PAUSE, REST_SECONDS, Trimmer

SETTINGS = Settings(history_days=2, history_rows=7)


class Log:
    """A log with so many pieces to let go, each of which takes a while by its clock."""

    def __init__(self, pieces, takes=0.1):
        self.pieces, self.takes = pieces, takes
        self.now, self.asked, self.pauses = 1_000.0, [], []
        self.deliveries, self.old_deliveries = [], 0
        self.trimmer = Trimmer(self, SETTINGS, clock=lambda: self.now, pause=self.pauses.append)

    def trim_changes(self, *, seconds, rows):
        self.asked.append((seconds, rows))
        self.now += self.takes
        if self.pieces == 0:
            return True
        self.pieces -= 1
        return False

    def trim_deliveries(self, *, seconds):
        self.deliveries.append(seconds)
        if self.old_deliveries == 0:
            return True
        self.old_deliveries -= 1
        return False

    def go_on(self, seconds=0.35):
        """How often it was asked by one turn."""
        before = len(self.asked)
        self.trimmer.go_on(seconds=seconds)
        return len(self.asked) - before


def test_what_is_kept_is_what_the_settings_say():
    log = Log(0)
    log.go_on()
    assert log.asked == [(2 * 86_400, 7)]


def test_deliveries_of_more_than_thirty_days_go_when_no_change_is_left_to_go():
    log = Log(2)
    log.old_deliveries = 1
    assert log.go_on(seconds=9) == 4
    assert log.deliveries == [30 * 86_400] * 2


def test_a_turn_ends_when_its_time_is_over_and_the_next_goes_on():
    log = Log(6)
    assert [log.go_on(), log.go_on()] == [4, 3]
    assert log.pauses == [PAUSE] * 5
    assert log.pieces == 0


def test_a_slow_piece_is_a_turn():
    log = Log(2, takes=5.0)
    assert [log.go_on() for _ in range(3)] == [1, 1, 1]


def test_once_nothing_is_old_it_rests_a_while():
    log = Log(0)
    assert [log.go_on(), log.go_on()] == [1, 0]
    log.now += REST_SECONDS - 1
    assert log.go_on() == 0
    log.pieces, log.now = 1, log.now + 2
    assert log.go_on() == 2


def test_a_record_that_is_away_is_looked_at_again_at_once():
    log = Log(0)
    log.trim_changes, there = None, log.trim_changes
    with pytest.raises(TypeError):
        log.go_on()
    log.trim_changes = there
    assert log.go_on() == 1
