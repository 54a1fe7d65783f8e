"""The parts and the application are built from settings, without connecting to anything."""

import pytest

from service.api.app import create_app
from service.errors import SetupError
from service.settings import Settings
from service.wiring import build


def test_building_connects_to_nothing(tmp_path):
    parts = build(Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0"))
    assert list(tmp_path.iterdir()) == []
    assert parts.queue.is_reachable() is False


def test_an_application_reads_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("TIMELINES_DATA_DIR", str(tmp_path / "missing"))
    monkeypatch.setenv("TIMELINES_REDIS_URL", "redis://127.0.0.1:1/0")
    client = create_app().test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_setting_that_cannot_be_is_one_sentence(monkeypatch):
    monkeypatch.setenv("TIMELINES_PORT", "many")
    with pytest.raises(SetupError, match="TIMELINES_PORT is 'many'"):
        create_app()


def test_a_record_that_was_never_migrated_is_not_ready(tmp_path):
    settings = Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    parts = build(settings)
    response = create_app(settings, parts).test_client().get("/readyz")
    parts.store.close()
    assert response.status_code == 503
    assert "migrate" in response.json["detail"]
