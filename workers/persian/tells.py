"""What one Persian clause tells, by its verb: kind, status, trigger; None for what is no event.

The same labels as `workers.telling.tells` gives English clauses.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.timeline.model import Kind, Status
from workers.grammar.clauses import Role
from workers.grammar.trees import Tense
from workers.persian.clauses import Part, read_parts
from workers.persian.triggers import Trigger
from workers.persian.wordlists import trigger_words, verb_words
from workers.persian.words import Word, known_here
from workers.telling.told import Told

_PASTS = frozenset({Tense.PAST, Tense.PERFECT})
_US = frozenset({"ما", "من", "شما"})


def read_part(words: Sequence[Word], part: Part) -> Told | None:
    """What the clause tells."""
    verb, trigger = part.verb, part.trigger
    if part.marker in {"if", "so", "because"} or verb.ours or _is_ours(words, part):
        return None
    if verb.tense is Tense.NONE:
        return _by_mode(part)
    if _is_comment(words, part):
        return None
    if verb.tense in _PASTS:
        return _past(part)
    if verb.tense is Tense.FUTURE:
        status = Status.CANCELLED if verb.negated and trigger.group else Status.PLANNED
        strong = bool(trigger.group) and not trigger.state
        return _told(Kind.PLANNED, status, trigger, strong=strong)
    return _present(words, part)


def tells(words: Sequence[Word]) -> bool:
    """Whether any clause of the sentence tells of something."""
    return any(read_part(words, part) is not None for part in read_parts(words))


def read_noun(words: Sequence[Word], *, is_headline: bool) -> Told | None:
    """What a headline without a verb tells by the first event that it names."""
    listed = trigger_words()
    for at in range(len(words)) if is_headline else ():
        noun = known_here(words, at, listed.nouns)
        if noun is not None:
            lemma = listed.written.get(noun, noun)
            return Told(
                kind=Kind.HAPPENING,
                status=Status.HAPPENED,
                trigger=lemma,
                trigger_class=listed.nouns[noun],
            )
    return None


def _past(part: Part) -> Told | None:
    verb, trigger = part.verb, part.trigger
    if verb.mode == "was_planned":
        return None
    if trigger.saying:
        strong = trigger.saying == "act" and not verb.negated
        return (
            None if verb.negated else _told(Kind.STATEMENT, Status.HAPPENED, trigger, strong=strong)
        )
    status = Status.DID_NOT_HAPPEN if verb.negated else Status.HAPPENED
    if trigger.cancels:
        status = Status.CANCELLED
    weak = verb.negated or verb.habitual or (trigger.state and not trigger.group)
    return _told(Kind.HAPPENING, status, trigger, strong=not weak)


def _present(words: Sequence[Word], part: Part) -> Told | None:
    verb, trigger = part.verb, part.trigger
    if verb.negated:
        return None
    if trigger.saying:
        return _told(Kind.STATEMENT, Status.HAPPENED, trigger, strong=trigger.saying == "act")
    keys = [words[at].key for at in part.words]
    goes_on = verb.stem == "بود" and "حال" in keys
    if goes_on and trigger.group:
        return _told(Kind.HAPPENING, Status.ONGOING, trigger, strong=False)
    if _is_now(words, part):
        return _told(Kind.STATE, Status.ONGOING, trigger, strong=part.role is Role.MAIN)
    if verb.passive or trigger.group:  # "bargozar mishavad": the present tells what is to come
        return _told(Kind.PLANNED, Status.PLANNED, trigger, strong=False)
    return None


def _is_now(words: Sequence[Word], part: Part) -> bool:
    """Whether it tells how somebody is just now: "aknun dar zendan be sar mibarad"."""
    keys = " ".join(words[at].key for at in part.words)
    return any(f" {each} " in f" {keys} " for each in trigger_words().lists["now"])


def _by_mode(part: Part) -> Told | None:
    """A subjunctive by what governs it: "qarar ast", "momken ast"."""
    verb, trigger = part.verb, part.trigger
    if verb.mode == "planned":
        strong = bool(trigger.group) and part.role is not Role.RELATIVE and not verb.negated
        return _told(Kind.PLANNED, Status.PLANNED, trigger, strong=strong)
    if verb.mode == "possible" and not verb.negated:
        return _told(Kind.PLANNED, Status.POSSIBLE, trigger, strong=False)
    return None


def _is_ours(words: Sequence[Word], part: Part) -> bool:
    return any(words[at].key in _US for at in part.words)


def _is_comment(words: Sequence[Word], part: Part) -> bool:
    """Whether it judges or reflects, or tells how something is."""
    verb = part.verb
    before = words[verb.first - 1].key if verb.first else ""
    listed = trigger_words().lists["comment"]
    if {verb.stem, f"{before} {verb.stem}"} & listed:
        return True
    copula = verb.stem == "بود" and not part.trigger.group and not part.trigger.saying
    return copula and verb.tense is not Tense.FUTURE


def is_passive(part: Part) -> bool:
    """Whether its subject is whom it was done to."""
    light = (
        part.verb.stem in verb_words().sets["passive"] and part.trigger.element < part.verb.first
    )
    return part.verb.passive or light


def _told(kind: Kind, status: Status, trigger: Trigger, *, strong: bool) -> Told:
    return Told(
        kind=kind, status=status, trigger=trigger.lemma, trigger_class=trigger.group, strong=strong
    )
