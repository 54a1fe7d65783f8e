"""Persian verb groups: their stem, tense and negation, and the mode that stands before them.

A finite verb ends its clause. Stems and endings make the forms; an auxiliary makes perfect,
passive and future. Source of the paradigms: Lazard, Grammaire du persan contemporain (1957).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from workers.grammar.trees import Tense
from workers.persian.wordlists import verb_words
from workers.persian.words import Word, phrases

LONGEST_MODE = 3
"""Words of a phrase that puts the subjunctive behind it into the future."""

_PAST_ENDINGS = ("", "م", "یم", "ید", "ند")
_NOW_ENDINGS = ("د", "ند", "م", "یم", "ید")
_ENDED = frozenset({"و", "که", "اما", "ولی", "تا", "زیرا", "چون"})
_OURS = ("م", "یم", "ید")
_ELLIPTIC = frozenset({"شده", "کرده", "داده", "گرفته", "یافته", "زده"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb group: the words [first, until) of its sentence.

    `stem` is the key of its past stem. NONE is the tense of a subjunctive. `mode` is the name of
    the list of modes that it stands under, `ours` is true of a first or second person.
    """

    first: int
    until: int
    stem: str
    tense: Tense
    negated: bool = False
    passive: bool = False
    background: bool = False
    habitual: bool = False
    ours: bool = False
    mode: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    stem: str
    tense: Tense
    negated: bool = False
    habitual: bool = False
    participle: bool = False
    ours: bool = False


def find_verbs(words: Sequence[Word]) -> tuple[Verb, ...]:
    """The verb groups of a sentence in order, those of a mode joined to the verb they govern."""
    found: list[Verb] = []
    at = 0
    while at < len(words):
        verb = _mode(words, at) or _verb(words, at)
        if verb is not None:
            found.append(verb)
        at = at + 1 if verb is None else verb.until
    return tuple(_joined(found, words))


def _joined(found: Sequence[Verb], words: Sequence[Word]) -> Iterator[Verb]:
    """Without the modes themselves; a subjunctive behind one belongs to it."""
    mode, since = "", 0
    for at, verb in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if not verb.stem:
            mode, since = verb.mode, verb.until
            if following is not None and following.tense is Tense.NONE:
                continue
            if words[verb.until - 1].key in _SOLE:
                continue
        near = bool(mode) and verb.first - since < _REACH
        if verb.stem and near and (verb.tense is Tense.NONE or _is_impersonal(verb, mode)):
            yield replace(verb, mode=mode, tense=Tense.NONE)
        elif verb.stem:
            yield verb
        if verb.stem:
            mode = ""


def _is_impersonal(verb: Verb, mode: str) -> bool:
    """Whether it tells what is to be done: "bayad ... goft"."""
    bare = verb.tense is Tense.PAST and not verb.habitual and not verb.negated
    return mode == "wanted" and bare and verb.until - verb.first == 1


_REACH = 25
_SOLE = frozenset({"باید", "نباید", "بایستی", "شاید", "کاش"})
"""Modes that are no verbs: what they govern may be any tense."""


def _mode(words: Sequence[Word], at: int) -> Verb | None:
    listed = verb_words().modes
    for phrase, until in phrases(words, at, LONGEST_MODE):
        if phrase in listed:
            return Verb(first=at, until=until, stem="", tense=Tense.NONE, mode=listed[phrase])
    return None


def _verb(words: Sequence[Word], at: int) -> Verb | None:
    """The verb group that begins at this word."""
    future = _future(words, at)
    if future is not None:
        return future
    form, until = _form(words, at)
    if form is None:
        return None
    if form.participle:
        return _of_participle(words, at, until, form)
    if form.stem in verb_words().sets["nouns_too"] and until - at == 1 and _is_bare(words, at):
        return None
    return Verb(
        first=at,
        until=until,
        stem=form.stem,
        tense=form.tense,
        negated=form.negated,
        habitual=form.habitual,
        ours=form.ours,
    )


def _future(words: Sequence[Word], at: int) -> Verb | None:
    """Khahad with a past stem; the negation stands on the auxiliary."""
    listed = verb_words().sets["future"]
    told = words[at].key
    positive = told.removeprefix("ن")
    if (told not in listed and positive not in listed) or at + 1 >= len(words):
        return None
    stem = words[at + 1].key
    if stem not in verb_words().stems:
        return None
    return Verb(
        first=at,
        until=at + 2,
        stem=stem,
        tense=Tense.FUTURE,
        negated=told not in listed,
        ours=told.endswith(_OURS) and not told.endswith("د"),
    )


def _form(words: Sequence[Word], at: int) -> tuple[_Form | None, int]:
    """The form at this word, where "mi" stands apart of two words; and where it ends."""
    told = words[at].key
    if told in {"می", "نمی"} and at + 1 < len(words):
        return _all_forms().get(told + words[at + 1].key), at + 2
    sets = verb_words().sets
    if told in sets["being"]:
        return _Form("بود", Tense.PRESENT, told.startswith("نی")), at + 1
    if told in sets["having"]:
        return _Form("داشت", Tense.PRESENT, told.startswith("ن")), at + 1
    return _all_forms().get(told), at + 1


def _of_participle(words: Sequence[Word], at: int, until: int, form: _Form) -> Verb | None:
    """Perfect, pluperfect or passive by the auxiliary behind; None for an attribute."""
    verb = Verb(first=at, until=until, stem=form.stem, tense=Tense.PERFECT, negated=form.negated)
    following = words[until].key if until < len(words) else ""
    sets = verb_words().sets
    if form.tense is Tense.PERFECT:  # koshte-and: the auxiliary is written with it
        return verb
    if following in sets["perfect"]:
        return replace(verb, until=until + 1, negated=form.negated or following == "نیست")
    if following in sets["pluperfect"]:
        return replace(verb, until=until + 1, tense=Tense.PAST, background=True)
    governed = until < len(words) and form.stem not in sets["passive"]
    passive = _verb(words, until) if governed else None
    if passive is not None and passive.stem in sets["passive"] and passive.first == until:
        return replace(passive, first=at, stem=form.stem, passive=True)
    ends = following in {"و", ","} or until == len(words) or words[until].is_mark
    return verb if words[at].key in _ELLIPTIC and ends else None


def _is_bare(words: Sequence[Word], at: int) -> bool:
    """Whether a past that is a noun, too, stands where no clause can end."""
    if at + 1 == len(words):
        return False
    following = words[at + 1]
    return not following.is_mark and following.key not in _ENDED


@cache
def _all_forms() -> dict[str, _Form]:
    """Every finite form and participle in one word, by its key; what is listed as none left out."""
    listed = verb_words()
    found: dict[str, _Form] = {}
    for present, stem in listed.presents.items():
        for ending in _NOW_ENDINGS:
            ours = ending in _OURS
            found[f"می{present}{ending}"] = _Form(stem, Tense.PRESENT, ours=ours)
            found[f"نمی{present}{ending}"] = _Form(stem, Tense.PRESENT, negated=True, ours=ours)
            for before in ("ب", "ن", "بی", "نی"):
                negated = before[0] == "ن"
                form = _Form(stem, Tense.NONE, negated=negated, ours=ours)
                found.setdefault(f"{before}{present}{ending}", form)
            if present + ending in listed.sets["bare"]:
                found[present + ending] = _Form(stem, Tense.NONE)
    # "mi-barad" carries and carried: the present is likelier.
    presents = {told: form for told, form in found.items() if form.tense is Tense.PRESENT}
    for stem in listed.stems:
        found.update(_pasts(stem))
    found |= presents
    return {told: form for told, form in found.items() if told not in listed.sets["never"]}


def _pasts(stem: str) -> Iterator[tuple[str, _Form]]:
    for ending in _PAST_ENDINGS:
        ours = ending in _OURS
        yield stem + ending, _Form(stem, Tense.PAST, ours=ours)
        yield f"ن{stem}{ending}", _Form(stem, Tense.PAST, negated=True, ours=ours)
        yield f"می{stem}{ending}", _Form(stem, Tense.PAST, habitual=True, ours=ours)
        yield (
            f"نمی{stem}{ending}",
            _Form(stem, Tense.PAST, negated=True, habitual=True, ours=ours),
        )
    for before in ("", "ن"):
        negated = bool(before)
        yield f"{before}{stem}ه", _Form(stem, Tense.NONE, negated, participle=True)
        for auxiliary in ("است", "اند", "ام", "ایم", "اید"):
            ours = auxiliary not in {"است", "اند"}
            form = _Form(stem, Tense.PERFECT, negated, participle=True, ours=ours)
            yield f"{before}{stem}ه{auxiliary}", form
