"""What real workers log: each article by its id, and nothing of it, even when it does its worst."""

import json

import pytest

from tests.faults import hazards

MARK = "aardvark"


@pytest.mark.parametrize("module", ["workers", "tests.faults.hazards"])
def test_nothing_of_an_article_is_logged(open_house, sqlite_url, capfd, module):
    house = open_house(sqlite_url, module=module, log_level="DEBUG", log_format="json")
    said = [f"{MARK} was seen on Tuesday.", f"REFUSE {MARK}"]
    ids = house.post(*said)
    house.await_read(ids)
    house.stop()
    text = capfd.readouterr().err
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    finished = {each["article_id"] for each in lines if each["event"] == "article read"}
    assert finished == set(ids[:1]) if module.endswith("hazards") else set(ids)
    assert MARK not in text
    assert hazards.PRIVATE not in text


def test_the_lines_of_a_failed_attempt_name_the_article_and_the_place(
    open_house, sqlite_url, capfd
):
    house = open_house(sqlite_url, module="tests.faults.hazards", log_format="json")
    (refused,) = house.post(f"REFUSE {MARK}")
    house.await_read([refused])
    house.stop()
    lines = [json.loads(each) for each in capfd.readouterr().err.splitlines() if each[:1] == "{"]
    attempts = [each for each in lines if "not finished" in each["event"]]
    assert [each["article_id"] for each in attempts] == [refused] * 3
    assert all("ValueError in hazards.py" in each["event"] for each in attempts)
