"""Languages told by script and function words; what is unsure is said to be."""

from __future__ import annotations

import pytest

from service.temporal.language import detect_language


@pytest.mark.parametrize(
    "text,language",
    [
        ("The minister said that the talks in the capital were over.", "en"),
        ("Der Minister sagte, dass die Gespräche in der Hauptstadt nicht vorbei sind.", "de"),
        ("Le ministre a dit que les pourparlers dans la capitale ne sont pas finis.", "fr"),
        ("El ministro dijo que las conversaciones en la capital no se acabaron.", "es"),
        ("سرباز جوان به دلیل سرپیچی از دستور محکوم شد و گزارش‌ها منتشر شده است.", "fa"),
        ("قال الوزير إن المحادثات انتهت", "ar"),
        ("Министр сказал, что переговоры закончились.", "ru"),
        ("長官は協議が終わったと述べた。", "ja"),
        ("部长说谈判结束了。", "zh"),
        ("", "und"),
        ("12345 !!!", "und"),
        ("Xyzzy plugh", "und"),
    ],
)
def test_language_is_told(text, language):
    assert detect_language(text) == language
