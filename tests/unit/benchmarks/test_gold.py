"""Gold in each of the forms that the development sets have, in records of our own writing."""

import datetime as dt
import json

import pytest
from gold import Expression, load
from tally import Tally, is_right, same_interval

DAY = dt.timedelta(days=1)


def written(tmp_path, *records):
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def moment(text):
    return dt.datetime.fromisoformat(text)


def score(document, *answers):
    tally = Tally()
    tally.add(document, [Expression(*each) for each in answers])
    return tally


def test_own_records_have_a_type_and_a_value(tmp_path):
    timex = {"start": 9, "end": 13, "type": "DATE", "value": "2011"}
    record = {"id": "a", "text": "Built in 2011.", "reference": "2012-01-01", "timexes": [timex]}
    (document,) = load(written(tmp_path, record))
    assert not document.dates_only
    assert not document.by_interval
    assert score(document, (9, 13, "DATE", "2011")).f1("value") == 100


def test_ranges_of_a_dates_only_set_hold_both_ends(tmp_path):
    timex = {"start": 0, "end": 8, "text": "3-5 June", "from": "2012-06-03", "to": "2012-06-05"}
    record = {"id": "a", "text": "3-5 June", "reference": "2012-01-01", "timexes": [timex]}
    (document,) = load(written(tmp_path, record))
    inside = score(document, (0, 8, "DATE", "2012-06-03/2012-06-05"))
    outside = score(document, (0, 8, "DATE", "2012-06-03/2012-06-04"))
    beyond = score(document, (0, 8, "DATE", "2012-06-03/2012-06-06"))
    assert [each.f1("ivl") for each in (inside, outside, beyond)] == [100, 100, 0]


def test_a_dates_only_set_asks_for_no_durations_and_widens_clock_times(tmp_path):
    timex = {"start": 0, "end": 6, "when": "2012-06-03"}
    text = "June 3 at nine for two days, recently"
    record = {"id": "a", "text": text, "reference": "2012-06-04", "timexes": [timex]}
    nothing = {"id": "b", "text": "for two days", "reference": "2012-06-04", "timexes": []}
    documents = load(written(tmp_path, record, nothing))
    tally = Tally()
    answers = (
        Expression(0, 14, "TIME", "2012-06-03T09:00"),
        Expression(19, 27, "DURATION", "P2D"),
        Expression(29, 37, "DATE", "PAST_REF"),
    )
    tally.add(documents[0], answers)
    tally.add(documents[1], [Expression(4, 12, "DURATION", "P2D")])
    assert (tally.found, tally.hit, tally.free) == (1, 0, 1)
    assert tally.f1("ivl") == 100
    assert tally.f1("strict") == 0


def test_any_reading_of_a_result_is_right(tmp_path):
    accept = [["2012-05-01", "2012-06-01"], ["2013-05-01", "2013-06-01"]]
    dated = {"start": 3, "end": 6, "text": "May", "timex": "XXXX-05", "type": "DATE"}
    lasting = {"start": 11, "end": 20, "timex": "PT4H", "type": "DURATION", "accept": []}
    text = "in May for four hours"
    record = {"id": "a", "text": text, "reference": "2012-06-04"}
    (document,) = load(
        written(tmp_path, record | {"results": [dated | {"accept": accept}, lasting]})
    )
    right = score(document, (3, 6, "DATE", "2013-05"), (11, 20, "DURATION", "PT4H"))
    wrong = score(document, (3, 6, "DATE", "2014-05"), (11, 20, "DURATION", "PT5H"))
    assert (right.f1("ivl"), wrong.f1("ivl")) == (100, 0)
    assert document.by_interval


def test_a_text_with_no_result_counts_as_hit_when_something_is_found(tmp_path):
    record = {"id": "a", "text": "You may march.", "reference": "2012-06-04", "results": []}
    (document,) = load(written(tmp_path, record))
    assert (score(document).free, score(document).hit) == (1, 0)
    assert score(document, (4, 7, "DATE", "2012-05")).hit == 1


def test_a_phrase_is_gold_as_a_whole(tmp_path):
    phrase = {"id": "p-1", "part": "main", "text": "tomorrow", "reference": "2012-06-04"}
    dated = phrase | {"start": "2012-06-05", "end": "2012-06-06", "grain": "day"}
    (document,) = load(written(tmp_path, dated))
    assert document.gold[0].accept == ((moment("2012-06-05"), moment("2012-06-06")),)
    assert score(document, (0, 8, "DATE", "2012-06-05")).f1("ivl") == 100


def test_the_main_part_is_taken_unless_another_is_named(tmp_path):
    phrase = {"text": "what now", "reference": "2012-06-04"}
    path = written(
        tmp_path,
        phrase
        | {"id": "p-1", "part": "main", "start": "2012-06-04", "end": "2012-06-05"}
        | {"grain": "day"},
        phrase | {"id": "p-2", "part": "negative"},
    )
    assert [each.name for each in load(path)] == ["p-1"]
    (free,) = load(path.with_name("set.jsonl:negative"))
    assert (free.name, free.gold) == ("p-2", ())


def test_timeml_gold_has_intervals_too(tmp_path):
    (tmp_path / "one.tml").write_text(
        '<DCT><TIMEX3 functionInDocument="CREATION_TIME" value="1999-03-04">x</TIMEX3></DCT>'
        '<TEXT>It rained <TIMEX3 type="DATE" value="1999-W09">this week</TIMEX3>.</TEXT>',
        encoding="utf-8",
    )
    (document,) = load(tmp_path)
    assert document.reference == dt.date(1999, 3, 4)
    assert document.gold[0].accept == ((moment("1999-03-01"), moment("1999-03-08")),)


@pytest.mark.parametrize("gold, found", [("P3D", "p3d"), ("PRESENT_REF", "PRESENT_REF")])
def test_values_decide_where_gold_denotes_no_interval(gold, found):
    one, other = Expression(0, 4, "DURATION", gold), Expression(0, 4, "DURATION", found)
    assert same_interval(one, other, dates_only=False)
    assert not same_interval(one, Expression(0, 4, "DATE", "2012"), dates_only=False)


def test_a_reading_is_right_by_its_interval_whatever_the_label(tmp_path):
    timex = {"start": 9, "end": 13, "type": "DATE", "value": "2011-XX-XX"}
    record = {"id": "a", "text": "Built in 2011.", "reference": "2012-01-01", "timexes": [timex]}
    (document,) = load(written(tmp_path, record))
    assert is_right(document, document.gold[0], Expression(9, 13, "DATE", "2011"))
    assert not is_right(document, document.gold[0], Expression(9, 13, "DATE", "2012"))


def test_a_dialect_without_an_interval_tells_nothing_of_a_reading(tmp_path):
    timex = {"start": 3, "end": 7, "text": "June", "when": "--06"}
    record = {"id": "a", "text": "In June.", "reference": "2012-01-01", "timexes": [timex]}
    (document,) = load(written(tmp_path, record))
    assert is_right(document, document.gold[0], Expression(3, 7, "DATE", "2011-06")) is None
