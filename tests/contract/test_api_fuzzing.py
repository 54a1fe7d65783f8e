"""Requests made up from the description, with every check: nothing fails, all is as described."""

import json
import sys
from pathlib import Path

import pytest
import schemathesis

from tests.servers.web import serving

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
fuzzing = pytest.importorskip("fuzzing")

EXAMPLES = 4
KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF_-"

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzzing")
    file = folder / "key"
    file.touch(0o600)
    file.write_text(KEY)
    with serving(folder, admin_key_file=file, **fuzzing.SETTINGS) as server:
        status, _ = server.ask(
            "POST",
            "/v1/timelines/harbour/articles",
            json.dumps(fuzzing.ARTICLE),
            Content_Type="application/json",
            Authorization=f"Bearer {KEY}",
        )
        assert status == 202
        yield schemathesis.openapi.from_url(
            f"http://127.0.0.1:{server.port}/openapi.yaml",
            config=fuzzing.config(EXAMPLES, 1, KEY),
        )


def test_made_up_requests_are_answered_as_described(described):
    run = fuzzing.fuzz(described)
    assert run.requests >= 500
    assert not run.findings, "\n".join(fuzzing.lines(run))
