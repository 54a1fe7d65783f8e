"""Which language a text is in, told by script and function words; unsure is `und`."""

from __future__ import annotations

import re
from collections import Counter

UNSURE = "und"

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_PERSIAN_LETTERS = frozenset("پچژگکی")
_OTHER_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
# The commonest function words that few of the other languages share.
_WORDS = {
    "en": "the of and to in that is was for on with as by at from his her they has have said",
    "de": "der die das und ist nicht mit von dem den ein eine auf wurde für auch sich nach",
    "fr": "le la les des et est une dans que pour qui sur avec par pas au du sont été",
    "es": "el los las de que y en una por con para del se es como su fue más",
    "it": "il di che e la per una con del della sono è nel gli anche non più",
    "pt": "o os as de que e em um uma para com não do da no na foi mais",
    "nl": "de het een van en is dat op te zijn met voor niet aan door werd",
    "tr": "ve bir bu için ile olarak daha çok olan de da sonra kadar",
    "pl": "i w na z się nie jest do że o przez po od za jak był",
    "sv": "och att det som en på är av för med den till inte har",
}
_LANGUAGE_OF = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_LEAST_SHARE = 0.08


def detect_language(text: str) -> str:
    """A BCP 47 primary language such as "en" or "fa", or "und"; reads the first 4,000 characters.

    Short texts of a phrase or two are seldom sure; give the language where it is known.
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if not letters:
        return UNSURE
    if len(_ARABIC.findall(sample)) * 2 > letters:
        return "fa" if _PERSIAN_LETTERS & set(sample) else "ar"
    for language, script in _OTHER_SCRIPTS:
        if len(script.findall(sample)) * 2 > letters:
            return language
    return _by_words(sample)


def _by_words(sample: str) -> str:
    words = [word.lower() for word in _WORD.findall(sample)]
    votes: Counter[str] = Counter()
    for word in words:
        for language in _LANGUAGE_OF.get(word, ()):
            votes[language] += 1
    if not votes:
        return UNSURE
    ((best, count), *rest) = votes.most_common(2)
    tied = bool(rest) and rest[0][1] * 4 > count * 3
    return UNSURE if tied or count < len(words) * _LEAST_SHARE else best
