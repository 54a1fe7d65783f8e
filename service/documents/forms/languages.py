"""Language tags as others write them, in the shortest form that BCP 47 asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Three-letter codes (ISO 639-2, both kinds, and 639-3) of languages that have one of two letters.
# Source: the registry of the Library of Congress, https://www.loc.gov/standards/iso639-2/
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "ara": "ar",
        "bul": "bg",
        "cat": "ca",
        "ces": "cs",
        "cze": "cs",
        "dan": "da",
        "deu": "de",
        "dut": "nl",
        "ell": "el",
        "eng": "en",
        "est": "et",
        "eus": "eu",
        "fas": "fa",
        "fin": "fi",
        "fra": "fr",
        "fre": "fr",
        "ger": "de",
        "gre": "el",
        "heb": "he",
        "hin": "hi",
        "hrv": "hr",
        "hun": "hu",
        "hye": "hy",
        "ind": "id",
        "isl": "is",
        "ita": "it",
        "jpn": "ja",
        "kat": "ka",
        "kaz": "kk",
        "kor": "ko",
        "kur": "ku",
        "lav": "lv",
        "lit": "lt",
        "mkd": "mk",
        "nld": "nl",
        "nor": "no",
        "per": "fa",
        "pol": "pl",
        "por": "pt",
        "pus": "ps",
        "ron": "ro",
        "rum": "ro",
        "rus": "ru",
        "slk": "sk",
        "slo": "sk",
        "slv": "sl",
        "spa": "es",
        "sqi": "sq",
        "srp": "sr",
        "swe": "sv",
        "tha": "th",
        "tur": "tr",
        "ukr": "uk",
        "urd": "ur",
        "uzb": "uz",
        "vie": "vi",
        "zho": "zh",
        "chi": "zh",
    }
)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def language_tag(text: str) -> str | None:
    """`text` as a tag; None when it is none, such as the name of a language.

    >>> language_tag("en_US"), language_tag("fas"), language_tag("English")
    ('en-US', 'fa', None)
    """
    tag = text.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    primary, dash, rest = tag.partition("-")
    return f"{SHORT.get(primary.lower(), primary)}{dash}{rest}"
