"""Which language a text is in, told by script and function words; unsure is `und`."""

from __future__ import annotations

import re
from collections import Counter

UNSURE = "und"

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
# Letters that one of the languages in Arabic script writes and the others do not, and its
# commonest function words. Sources: CLDR exemplar characters; frequency lists of Wikipedia.
_OWN_LETTERS = {
    "ar": "ةىإأكي",
    "ckb": "ڕڵۆێە",
    "ur": "ٹڈڑںےہھۓ",
    "ps": "ټډړږښګڼېۍځڅ",
    "fa": "پچژگکی۰۱۲۳۴۵۶۷۸۹",
}
_ARABIC_WORDS = {
    "fa": "از به در که را این است با برای شد کرد های خود آن تا بر شده می هم یا او وی کند شود گفت و",
    "ar": "في من على إلى أن التي الذي هذا هذه قال عن مع إن كان بعد قبل لا ما هو هي كما وقال وفي",
    "ckb": "لە بە و کە ئەو بۆ ئەم لەگەڵ نە هەر بوو کرد دەکات هەیە",
    "ur": "کے کی کا میں ہے سے نے کو اور پر یہ کہ ہیں تھا تھی گیا نہیں بھی",
    "ps": "د په او چې کې سره دی له ته دا يې یې هم شوی وو کړي شي پر",
}
_ARABIC_WORDS_OF = {
    word: tuple(name for name, words in _ARABIC_WORDS.items() if word in words.split())
    for words in _ARABIC_WORDS.values()
    for word in words.split()
}
_FEW = 8
"""Of so many letters one that Chinese never writes is Japanese."""
_LETTER_WEIGHT = 1.5
# Its neighbours write Persian letters, too, and Persians with other keyboards Arabic ones.
_SHARED_WEIGHT = 0.5
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
    "de": "der die das und ist nicht mit von dem den ein eine einem einer in im am bei sind hat "
    "auf wurde wurden für auch sich nach",
    "fr": "le la les des et est une dans que pour qui sur avec par pas au du sont été",
    "es": "el los las de que y en una por con para del se es como su fue más",
    "it": "in il di che e la per una con del della sono è nel gli anche non più",
    "pt": "o os as de que e em um uma para com não do da no na foi mais",
    "nl": "in de het een van en is dat op te zijn met voor niet aan door werd",
    "tr": "ve bir bu için ile olarak daha çok olan de da sonra kadar",
    "id": "yang dan untuk dengan pada ini itu adalah dalam tidak akan dari oleh sudah telah",
    "pl": "i w na z się nie jest do że o przez po od za jak był",
    "sv": "och att det som en på är av för med den till inte har",
}
_LANGUAGE_OF = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_LEAST_SHARE = 0.08
SHORT = 12
"""Words of a text from which its language should be plain."""


def tell_language(text: str, given: str | None) -> str:
    """The language as given, else told from the text.

    A text of fewer than SHORT words that does not show its language is taken for English.
    """
    if given is not None:
        return given
    found = detect_language(text)
    return "en" if found == UNSURE and len(text.split(maxsplit=SHORT)) < SHORT else found


def detect_language(text: str) -> str:
    """A BCP 47 primary language such as "en" or "fa", or "und"; reads the first 4,000 characters.

    Short texts of a phrase or two are seldom sure; give the language where it is known.
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if not letters:
        return UNSURE
    if len(_ARABIC.findall(sample)) * 2 > letters:
        return _by_letters(sample)
    for language, script in _OTHER_SCRIPTS:
        if len(script.findall(sample)) * (_FEW if language == "ja" else 2) > letters:
            return language
    return _by_words(sample)


def _by_letters(sample: str) -> str:
    """Which language in Arabic script: letters of its own and function words, else plain Arabic."""
    written = Counter(sample)
    votes: dict[str, float] = dict.fromkeys(_OWN_LETTERS, 0.0)
    for language, letters in _OWN_LETTERS.items():
        weight = _SHARED_WEIGHT if language in {"ar", "fa"} else _LETTER_WEIGHT
        votes[language] += weight * sum(written[letter] for letter in letters)
    for word in _WORD.findall(sample):
        for language in _ARABIC_WORDS_OF.get(word, ()):
            votes[language] += 1 / len(_ARABIC_WORDS_OF[word])
    best = max(votes, key=lambda language: votes[language])
    return best if votes[best] else "ar"


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
