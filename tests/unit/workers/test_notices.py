"""An article that tells nothing, or less than it could, says why: each code from text to notice."""

import pytest

from service.documents.jsontext import loads
from tests.making import claimed
from workers.grammar.analysis import build
from workers.notices import SAYINGS
from workers.pipeline import read_batch

CASES = [
    ("", "en", "nothing_to_tell", ["too_short"]),
    (" \n ", "fa", "nothing_to_tell", ["too_short"]),
    ("Why now?", "en", "nothing_to_tell", ["too_short"]),
    ("چرا؟", "fa", "nothing_to_tell", ["too_short"]),
    ("Related stories\n\nMore", "en", "nothing_to_tell", ["too_short"]),
    ("انتهای پیام\n\nکد خبر: ۱۲۳", "fa", "nothing_to_tell", ["no_prose"]),
    ("More of these stories here\n\nAll about our team", "en", "nothing_to_tell", ["no_prose"]),
    ("Unions must be patient, and ports as well.", "en", "nothing_to_tell", ["commentary_only"]),
    ("زندگی زیباست و ما باید آن را قدر بدانیم.", "fa", "nothing_to_tell", ["commentary_only"]),
    ("شاید این کارخانه روزی تعطیل شود.", "fa", "nothing_to_tell", ["no_happening"]),
    (
        "Die alte Brücke über die Wend ist eingestürzt.",
        "de",
        "told",
        ["unsupported_language", "no_dates"],
    ),
    ("Die Brücke ist am 24. Januar 2026 eingestürzt.", "de", "told", ["unsupported_language"]),
    (
        "Zzyx bliorp snargle wibble zorp quux blat foo.",
        "und",
        "told",
        ["language_unknown", "no_dates"],
    ),
    ("The bridge of Aldwick collapsed on Monday.", "en", "told", []),
    ("پل قدیمی شهر روز دوشنبه فروریخت.", "fa", "told", []),
]


@pytest.fixture(scope="module")
def analyser():
    return build()


@pytest.mark.parametrize("text,language,outcome,codes", CASES)
def test_an_article_says_what_was_not_told(analyser, text, language, outcome, codes):
    ((_, read),) = read_batch([claimed(text=text, language=language)], analyser)
    notices = loads(read.reading.notices)
    assert (read.reading.outcome, [each["code"] for each in notices]) == (outcome, codes)
    assert all(each["says"] == SAYINGS[each["code"]] for each in notices)


def test_what_is_left_out_of_a_persian_page_is_listed_with_the_reason(analyser):
    text = (
        "شش نفر در بندر کشته شدند\n\n"
        "پلیس اعلام کرد که شش نفر روز دوشنبه در آتش‌سوزی یک انبار در بندر کشته شدند.\n\n"
        "بیشتر بخوانید: قیمت نان در شهر بالا رفت\n\n"
        "شهردار روز سه‌شنبه از محل آتش‌سوزی بازدید کرد و به خانواده‌های قربانیان تسلیت گفت.\n\n"
        "انتهای پیام\n\nکد خبر: ۴۴۵۱۲"
    )
    ((_, read),) = read_batch([claimed(text=text, language="fa")], analyser)
    left = [text[each["start"] : each["end"]] for each in loads(read.reading.skipped)]
    assert left == ["بیشتر بخوانید: قیمت نان در شهر بالا رفت", "انتهای پیام", "کد خبر: ۴۴۵۱۲"]
    assert not any("بخوانید" in each.quote for each in read.mentions)
