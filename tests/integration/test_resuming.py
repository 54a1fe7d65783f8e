"""Connections break off at random while changes flow: who comes back is told what it missed."""

import random
import time
from contextlib import ExitStack
from itertools import product

import pytest

from tests.servers.changerows import assert_told, change_rows, expected, in_view
from tests.servers.committing import TIMELINE
from tests.servers.listeners import LongPoller, StreamListener
from tests.servers.web import serving

VIEW = "publisher=courier"
DROPS = 200
PAUSE = 0.03
"""Seconds between two drops, on the mean."""
TOLD = [
    f"{town} {sentence}"
    for town, sentence in product(
        [f"Town{letter}" for letter in "abcdefghijklmnopqrst"],
        ["flooded roads houses bridge", "flooded houses bridge fields", "market burned stalls"],
    )
]


@pytest.fixture
def server(committer, store_url, redis_url, tmp_path):
    committer.commit("Towna market burned stalls said first")
    with serving(tmp_path, database_url=store_url, redis_url=redis_url, waiters=100) as running:
        yield running


def fits_view(event):
    return any(source.get("publisher") == "Courier" for source in event["sources"])


@pytest.mark.slow
def test_200_random_drops_lose_double_and_reorder_nothing(committer, server):
    chance = random.Random(6)  # noqa: S311  # the same drops in every run
    told = []
    kinds = [(kind, query) for kind in (StreamListener, LongPoller) for query in ("", VIEW)] * 2
    with ExitStack() as held:
        listeners = [
            held.enter_context(kind(server.port, TIMELINE, query=query)) for kind, query in kinds
        ]
        for number in range(DROPS):
            chance.choice(listeners).drop()
            if number % 2:
                told.append(f"{chance.choice(TOLD)} said paper{number}")
                committer.commit(told[-1], publisher=chance.choice(("Courier", "Herald")))
            elif number % 8 == 6:
                committer.retract(told.pop(chance.randrange(len(told))))
            time.sleep(PAUSE * chance.random() * 2)
        rows = change_rows(committer.store, TIMELINE)
        for each in listeners:
            each.await_revision(rows[-1].revision, 20)
    viewed = list(in_view(rows, fits_view))
    assert {"created", "updated", "left", "removed"} <= {each["type"] for each in viewed}
    for each in listeners:
        assert_told(each.told, viewed if each.query else map(expected, rows))
        assert each.calls > 10
        assert not each.resets
        assert not each.refusals


def test_a_client_can_come_back_between_any_two_changes(committer, server):
    committer.commit(*TOLD[:20])
    with ExitStack() as held:
        listeners = [
            (since, held.enter_context(kind(server.port, TIMELINE, since=since)))
            for since in range(len(change_rows(committer.store, TIMELINE)) + 1)
            for kind in (StreamListener, LongPoller)
        ]
        committer.commit("Townz market burned stalls said last")
        rows = change_rows(committer.store, TIMELINE)
        for _, each in listeners:
            each.await_revision(rows[-1].revision)
    assert len(listeners) > 20
    for since, each in listeners:
        assert_told(each.told, map(expected, rows[since:]))
