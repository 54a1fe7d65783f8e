"""Several processes behind one address count together, and leave nothing behind."""

import os
import signal
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.servers.waiting import children_of
from tests.servers.web import serving

REQUESTS = 40


def test_requests_are_counted_over_all_processes(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with serving(tmp_path, web_processes=2) as server:
        for _ in range(REQUESTS):
            assert server.ask("GET", "/healthz")[0] == 200
        victim = children_of(server.process.pid)[0]
        os.kill(victim, signal.SIGKILL)
        for _ in range(3):
            assert counted(server.ask_text("GET", "/metrics")[1]) == REQUESTS
        assert shared(folder)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        assert shared(folder) == []


def shared(folder: Path) -> list[Path]:
    return list(folder.glob("timelines-metrics-*"))


def counted(text: str) -> float:
    families = text_string_to_metric_families(text)
    return sum(
        each.value
        for family in families
        for each in family.samples
        if each.name == "timelines_http_requests_total" and each.labels["operation"] == "get_health"
    )
