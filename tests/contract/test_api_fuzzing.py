"""Requests made up from the description: never a fault of the service, always as described."""

import shutil
from pathlib import Path

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.api.app import create_app
from service.settings import Settings
from service.store.sql import SqlStore
from service.wakeups import Wakeups
from service.wiring import Parts
from tests.servers.api import NOW, NOWHERE, Bell, Counting

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

DESCRIPTION = Path(__file__).resolve().parents[2] / "openapi.yaml"
OPERATIONS = [
    (method, path)
    for path, item in yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))["paths"].items()
    for method in item
    if method != "parameters"
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def described(api_record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzzing")
    shutil.copy(api_record, folder / "record.sqlite3")
    store = SqlStore(f"sqlite:///{folder / 'record.sqlite3'}")
    wakeups = Wakeups(NOWHERE)
    parts = Parts(store, Bell(), wakeups, Counting())
    app = create_app(Settings(data_dir=folder), parts, clock=lambda: NOW)
    yield schemathesis.openapi.from_wsgi("/openapi.yaml", app)
    wakeups.close()
    store.close()


@pytest.mark.parametrize("method, path", OPERATIONS)
def test_made_up_requests_are_answered_as_described(described, method, path):
    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def answered_as_described(case):
        case.call_and_validate(checks=CHECKS)

    answered_as_described()
