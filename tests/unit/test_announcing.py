"""Telling that a timeline moved: those who wait always, those who send only when there is need."""

import pytest

from service.announcing import announce
from service.errors import StoreUnavailableError
from service.jobqueue import DELIVERIES_QUEUE
from tests.servers.api import Bell


class Wakeups:
    def __init__(self):
        self.told = []

    def publish(self, timeline, revision):
        self.told.append((timeline, revision))


class Record:
    def __init__(self, followed):
        self.followed = followed

    def is_followed(self, timeline):
        assert timeline == "demo"
        if self.followed is None:
            raise StoreUnavailableError("away")
        return self.followed


@pytest.mark.parametrize("followed, rings", [(True, [DELIVERIES_QUEUE]), (False, []), (None, [])])
def test_a_bell_rings_for_subscribers_alone_and_nothing_fails(followed, rings):
    bell, wakeups = Bell(), Wakeups()
    announce(Record(followed), bell, wakeups, timeline="demo", revision=7)
    assert bell.rings == rings
    assert wakeups.told == [("demo", 7)]
