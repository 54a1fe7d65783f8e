"""What leaves a job is logged by RQ and kept in Redis: it must not quote an article."""

import traceback

import pytest

from service import wiring
from service.settings import Settings
from tests.servers.api import Bell, Counting
from workers import jobs

MARK = "aardvark"


class Broken:
    def __getattr__(self, name: str):
        def fail(*_given, **_options):
            raise KeyError(MARK)

        return fail


def test_the_error_of_a_job_says_where_and_not_what(caplog):
    parts = wiring.Parts(Broken(), Bell(), Broken(), Counting())
    jobs.equip(jobs.Workshop(Settings(), parts, iter))
    with pytest.raises(RuntimeError, match=r"KeyError in test_job_errors.py:\d+") as caught:
        jobs.work_articles()
    kept = "".join(traceback.format_exception(caught.value))
    assert MARK not in kept
    assert caplog.records[-1].exc_info
