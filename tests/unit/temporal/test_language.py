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
        ("أعلنت الوزارة في بيان أن الرئيس وصل إلى العاصمة بعد أسبوع من المفاوضات.", "ar"),
        ("رئيس جمهور در اين نشست گفت كه مذاكرات ادامه دارد و نتيجه به زودي اعلام مي شود.", "fa"),
        ("۲۲ بهمن ۱۴۰۴", "fa"),
        ("دیروز در کابل برف بارید.", "fa"),
        ("وەزیر لە هەولێر وتی کە دانوستانەکان بۆ هەفتەی داهاتوو بەردەوام دەبن.", "ckb"),
        ("وزیر نے کہا کہ مذاکرات ختم ہو گئے ہیں اور اگلے ہفتے دوبارہ شروع ہوں گے۔", "ur"),
        ("وزیر وویل چې خبرې اترې پای ته رسېدلې او په کابل کې به بیا پیل شي.", "ps"),
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


def test_names_in_other_languages_do_not_change_the_language():
    text = "روزنامه «الشرق الأوسط» در گزارشی از بغداد نوشت که این دیدار هفته آینده برگزار می‌شود."
    assert detect_language(text) == "fa"
