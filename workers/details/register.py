"""Who is who in one article: full names, offices, acronyms; what "he" and "the minister" stand for.

A name is the fullest that the article gives. An office stands for a name where one person alone
has it; a pronoun where one person alone of the last sentence that names any can be meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.timeline.details import Being
from workers.details.nameruns import NameRun
from workers.lexicon.gazetteer import gazetteer
from workers.lexicon.namewords import name_words
from workers.text.words import fold_word

LONGEST_PERSON = 3
"""Words of a name that may be a person's though no title or given name says so."""
SENTENCES_BACK = 2
"""How far back a pronoun looks for its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One name of an article; `male` is None where neither title nor given name says."""

    name: str
    keys: tuple[str, ...]
    being: Being
    office: str = ""
    male: bool | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The node that heads a name, office or pronoun, and whom it stands for.

    [first, until) are its words; `beside` is the node of a title between commas.
    """

    at: int
    known: Known
    first: int
    until: int
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Names by their folded spellings, and those whom a family name or office alone can mean."""

    names: Mapping[str, Known]
    short: Mapping[str, tuple[Known, ...]]
    offices: Mapping[str, tuple[Known, ...]]
    full: frozenset[str]
    """Spellings of several words, which are never short for another name."""

    def named(self, run: NameRun) -> Known | None:
        """Whom the run names; None for an office that nobody in particular has."""
        if not run.words:
            return self.holder(run.office)
        folded = fold_name(run.words)
        fuller = self.short.get(folded, ())
        if len(fuller) == 1 and folded not in self.full:
            return fuller[0]
        return self.names.get(folded)

    def called(self, name: str) -> Known | None:
        """Whom a name as written means, in full or by its last word."""
        folded = fold_name(name.split())
        fuller = self.short.get(folded, ())
        return fuller[0] if len(fuller) == 1 else self.names.get(folded)

    def holder(self, office: str) -> Known | None:
        """Who alone has the office: "the prime minister", "the minister"."""
        found = self.offices.get(office, ())
        return found[0] if len(found) == 1 else None


def fold_name(words: Iterable[str]) -> str:
    """The name in small letters without marks: "José  Díaz" is "jose diaz"."""
    return " ".join(fold_word(word) for word in words)


def learn(sentences: Iterable[Sequence[NameRun]]) -> Register:
    """The register of an article by the names of all its sentences, in order."""
    runs = [run for sentence in sentences for run in sentence if run.words]
    alike: dict[str, list[NameRun]] = {}
    for run in runs:
        alike.setdefault(fold_name(run.words), []).append(run)
    expansions = {fold_word(run.acronym): fold_name(run.words) for run in runs if run.acronym}
    names = {folded: _known(alike[expansions.get(folded, folded)], alike) for folded in alike}
    every = tuple(names.values())
    full = frozenset(folded for folded in names if " " in folded)
    return Register(names, _short(every), _offices(every), full)


def fits(known: Known, pronoun: str) -> bool:
    """Whether the pronoun may stand for the name."""
    if known.being is not Being.PERSON:
        return False
    return known.male is None or known.male == (pronoun in {"he", "him", "his"})


def _known(same: Sequence[NameRun], every: Collection[str]) -> Known:
    """What the runs of one name say of it together; `every` are all folded names."""
    run = same[0]
    unknown = Being.PERSON if _is_shortened(run, every) else Being.UNKNOWN
    being = next((each.being for each in same if each.being is not Being.UNKNOWN), unknown)
    office = next((each.office for each in same if each.office), "")
    acronym = next((each.acronym for each in same if each.acronym), "")
    return Known(
        name=gazetteer().place(run.name) or run.name,
        keys=_keys(run, being, acronym),
        being=being,
        office="" if office in name_words().courtesy else office,
        male=_is_male(run, office),
    )


def _is_shortened(run: NameRun, every: Collection[str]) -> bool:
    """Whether its last word stands for it elsewhere, as a family name does."""
    return 1 < len(run.words) <= LONGEST_PERSON and family_name(run.words) in every


def _keys(run: NameRun, being: Being, acronym: str) -> tuple[str, ...]:
    """The spellings by which other articles may call it."""
    keys = {fold_name(run.words)}
    if acronym:
        keys.add(fold_word(acronym))
    if being is Being.PERSON and len(run.words) > 1:
        keys.add(family_name(run.words))
    initials = "".join(word[0] for word in run.words if word[0].isupper())
    if being is Being.ORGANISATION and len(initials) > 2:  # two letters mean much
        keys.add(initials.lower())
    if being is Being.PLACE:
        keys.add(fold_word(gazetteer().place(run.name) or run.name))
    return tuple(sorted(keys))


def family_name(words: Sequence[str]) -> str:
    """The last word of a name that is no "Jr." or "III", with what a hyphen ties to it."""
    kept = [word for word in words if word.lower() not in name_words().suffixes]
    return fold_name((kept or list(words))[-1:])


def _is_male(run: NameRun, office: str) -> bool | None:
    listed = name_words()
    titles = set(office.split())
    if titles & listed.male or titles & listed.female:
        return not titles & listed.female
    given = fold_word(run.words[0])
    if given in listed.given_male or given in listed.given_female:
        return given in listed.given_male
    return None


def _short(names: Iterable[Known]) -> Mapping[str, tuple[Known, ...]]:
    """Full names by their family name, organisations by their first word."""
    found: dict[str, list[Known]] = {}
    for known in names:
        words = known.name.split()
        if len(words) < 2 or known.being is Being.PLACE:  # one word is short already
            continue
        first = known.being is Being.ORGANISATION
        key = fold_word(words[0]) if first else family_name(words)
        if known not in found.setdefault(key, []):
            found[key].append(known)
    return {key: tuple(each) for key, each in found.items()}


def _offices(names: Iterable[Known]) -> Mapping[str, tuple[Known, ...]]:
    """Persons by their whole office, and by its last word."""
    found: dict[str, dict[str, Known]] = {}
    persons = {known.name: known for known in names if known.office}
    for known in _fullest(persons.values()):
        words = known.office.split()
        if words[-1] in name_words().courtesy or set(words) & name_words().gone:
            continue
        for key in {known.office, words[-1]}:
            found.setdefault(key, {})[known.name] = known
    return {key: tuple(each.values()) for key, each in found.items()}


def _fullest(persons: Iterable[Known]) -> list[Known]:
    """Without those that are the family name of another."""
    every = list(persons)
    families = {family_name(each.name.split()) for each in every if " " in each.name}
    return [
        each for each in every if " " in each.name or fold_name(each.name.split()) not in families
    ]
