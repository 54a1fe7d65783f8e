"""`docs/intake.md` shows the tables that the code reads by."""

import re
from pathlib import Path

import pytest

from service.documents.forms.tables import FORMS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## Which field is which?")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("|")
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_page_has_each_place_of_each_field_in_its_order(form):
    column = ROWS[0].index(form.name)
    shown = {row[0].strip("`"): re.findall(r"`([^`]+)`", row[column]) for row in ROWS[2:]}
    taken: dict[str, list[str]] = {name: [] for name in shown}
    for take in form.takes:
        taken[take.field] = [*taken[take.field], *take.places]
    assert shown == taken
