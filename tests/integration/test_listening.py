"""`timelines listen` against the real service, which dies and comes back."""

import json
import os
import signal
import sys
from contextlib import ExitStack, closing

import pytest

from service.store.sql import SqlStore
from tests.contract.storevalues import article, event, mention, tell
from tests.servers.programs import running
from tests.servers.waiting import children_of
from tests.servers.web import ROOT, serving


def happen(store, *names):
    """Articles are read, each of which tells one event."""
    for name in names:
        of = article(name)
        tell(store, of, event(mention(name, of)))


@pytest.mark.slow
def test_it_prints_each_change_once_though_the_service_is_killed_and_comes_back(tmp_path):
    with ExitStack() as opened:
        server = opened.enter_context(serving(tmp_path))
        store = opened.enter_context(closing(SqlStore(f"sqlite:///{tmp_path}/timelines.sqlite3")))
        happen(store, "a", "b")
        address = f"http://127.0.0.1:{server.port}"
        words = ["listen", "demo", "--since", "0", "--json", "--server", address]
        command = [sys.executable, "-m", "service.cli.main", *words]
        listener = opened.enter_context(running(*command, cwd=ROOT))
        listener.await_lines([1, 2], read=revision)
        happen(store, "c")
        listener.await_lines([1, 2, 3], read=revision)
        kill(server)
        happen(store, "d", "e")
        again = opened.enter_context(serving(tmp_path, port=server.port))
        listener.await_lines([1, 2, 3, 4, 5], read=revision)
        happen(store, "f")
        listener.await_lines([1, 2, 3, 4, 5, 6], read=revision)
        _, told = again.ask("GET", "/v1/timelines/demo/changes")
        assert [json.loads(each) for each in listener.lines] == told["changes"]
        assert listener.interrupt() == 0


def kill(server):
    """End a server and all its workers at once."""
    for pid in (server.process.pid, *children_of(server.process.pid)):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


def revision(line):
    return json.loads(line)["revision"]
