"""What a verb group tells with the words before it: its lemma, its class, whether it is of saying.

Most Persian verbs are a noun or adjective with an empty verb: "bazdasht kard", arrested. Which
words belong to the verb is told by the lists alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workers.persian.verbs import Verb
from workers.persian.wordlists import TriggerWords, trigger_words, verb_words
from workers.persian.words import Word, forms, known_form, known_here

LONGEST = 5
"""Words of an element before its verb."""
NEAR_NOUN = 3
"""Words behind "az" in which the event stands that is told of."""
SUBJECT_WORDS = 6
"""Words from the start of a clause in which what did it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What a clause tells: `lemma` is an infinitive, or the noun that an empty verb brings about.

    `element` are the words of the verb before its group, by where they begin; `saying` is "say" or
    "act", empty for what is not said. `state` is true of verbs that tell how things are, `denies`
    and `alleges` of those that say so. `relays` is where the words begin of an event that somebody
    only tells of: "az bazdasht-e u khabar dad".
    """

    lemma: str
    group: str = ""
    element: int
    saying: str = ""
    state: bool = False
    denies: bool = False
    alleges: bool = False
    cancels: bool = False
    relays: int | None = None


def read_trigger(words: Sequence[Word], verb: Verb, clause: Sequence[int]) -> Trigger:
    """The trigger of a verb; `clause` are the indexes of the words of its clause so far."""
    listed = trigger_words()
    element, first = _element(words, verb, listed)
    stem = verb.stem
    written = verb_words().stems[stem]
    if not element:
        return _simple(words, clause, Trigger(lemma=f"{written}ن", element=first), verb)
    passive = stem in verb_words().sets["passive"]
    light = listed.written.get(element, element)
    lemma = f"{light} {'کرد' if passive and element in listed.light else written}ن"
    found = Trigger(
        lemma=lemma,
        group=listed.verbs.get(f"{element} {stem}") or listed.light.get(element, ""),
        element=first,
        saying=_saying(words, verb, clause, element),
        state=element in listed.states["light"],
        denies=element in listed.saying["denying"],
        alleges=element in listed.saying["alleged"],
    )
    if element.endswith("محکوم"):
        return _condemned(words, clause, found, passive=passive)
    if found.saying:
        return _relayed(words, clause, replace(found, group=""), element)
    gapped = next((words[at] for at in clause if words[at].key in listed.lists["gapped"]), None)
    if gapped is not None and found.group == "wound":
        verb_of = gapped.key.removesuffix("ه")
        written = verb_words().stems[verb_of]
        return replace(found, lemma=f"{written}ن", group=listed.verbs[verb_of])
    if not found.group:
        return _by_noun(words, clause, found, f"{element} {stem}")
    return replace(found, cancels=found.group == "cancel")


def _element(words: Sequence[Word], verb: Verb, listed: TriggerWords) -> tuple[str, int]:
    """The longest listed words right before the verb, as their key; and where they begin."""
    light = verb.stem in verb_words().sets["light"]
    for size in range(LONGEST, 0, -1):
        first = verb.first - size
        if first < 0 or any(words[at].is_mark for at in range(first, verb.first)):
            continue
        phrase = " ".join(each.key for each in words[first : verb.first])
        whole = f"{phrase} {verb.stem}"
        if whole in listed.verbs or whole in listed.lists["occurring"]:
            return phrase, first
        lists = (listed.light, listed.states["light"], *(listed.saying[each] for each in _LIGHT))
        if light and any(phrase in each for each in lists):
            return phrase, first
    return "", verb.first


_LIGHT = ("light", "acts")


def _simple(words: Sequence[Word], clause: Sequence[int], found: Trigger, verb: Verb) -> Trigger:
    """Of a verb that stands alone, or whose element no list has."""
    listed = trigger_words()
    if verb.stem in listed.saying["verbs"] and not verb.passive:
        return replace(found, saying="say")
    taken = next((each for each in listed.verbs if _is_apart(words, clause, verb, each)), None)
    if taken is not None:
        return replace(found, lemma=f"{taken}ن", group=listed.verbs[taken])
    keys = {words[at].key for at in clause}
    apart = min(keys & listed.lists["apart_saying"], default="")
    if apart and verb.stem in verb_words().sets["passive"]:
        return replace(found, lemma=f"{apart} {found.lemma}", saying="act")
    if verb.stem in listed.verbs:
        return replace(found, group=listed.verbs[verb.stem])
    if verb.stem in listed.states["verbs"]:
        return replace(found, state=True)
    before = words[verb.first - 1] if verb.first else None
    if verb.stem in verb_words().sets["light"] and before is not None and before.key[:1].isalpha():
        lemma = found.lemma if before.key == "را" else f"{before.text} {found.lemma}"
        found = replace(found, lemma=lemma)
    return _by_noun(words, clause, found, verb.stem)


def _is_apart(words: Sequence[Word], clause: Sequence[int], verb: Verb, phrase: str) -> bool:
    """Whether the object stands inside the verb: "jan-e chahar kargar ra gereft"."""
    first, _, stem = phrase.partition(" ")
    marked = verb.first > 0 and words[verb.first - 1].key == "را"
    return marked and stem == verb.stem and any(words[at].key == first for at in clause)


def _saying(words: Sequence[Word], verb: Verb, clause: Sequence[int], element: str) -> str:
    """Whether it says something; a deed has an object of its own: "atash-bas ra elam kard"."""
    listed = trigger_words().saying
    if element in listed["deeds"] and not verb.passive:
        following = words[verb.until].key if verb.until < len(words) else ""
        has_object = any(words[at].key == "را" for at in clause)
        named = any(known_form(words[at].text, trigger_words().nouns) for at in clause)
        if has_object and named and following != "که" and element != "رد":
            return ""
    if element in listed["acts"]:
        return "act"
    return "say" if element in listed["light"] else ""


def _relayed(words: Sequence[Word], clause: Sequence[int], found: Trigger, element: str) -> Trigger:
    """The event that a verb of telling names, as what happened."""
    listed = trigger_words()
    if element not in listed.saying["relaying"]:
        return found
    for at in clause:
        behind = [each for each in clause if at < each <= at + NEAR_NOUN]
        nouns = [known_here(words, each, listed.nouns) for each in behind]
        noun = next((each for each in nouns if each is not None), None)
        if words[at].key == "از" and noun is not None:
            written = listed.written.get(noun, noun)
            group = listed.nouns[noun]
            return replace(found, lemma=written, group=group, saying="", relays=at)
    return found


def _condemned(
    words: Sequence[Word], clause: Sequence[int], found: Trigger, *, passive: bool
) -> Trigger:
    """Sentenced to something, convicted, or condemned in words."""
    keys = [words[at].key for at in clause]
    listed = trigger_words().lists["punishments"]
    if "به" in keys and any(form in listed for at in clause for form in forms(words[at].text)):
        return replace(found, group="sentence", saying="")
    if passive:
        return replace(found, group="convict", saying="")
    return replace(found, group="", saying="act")


def _by_noun(words: Sequence[Word], clause: Sequence[int], found: Trigger, verb: str) -> Trigger:
    """The event that an empty verb brings about, or that is the subject of another one."""
    listed = trigger_words()
    keys = {words[at].key for at in clause}
    occurring = verb in listed.lists["occurring"] or bool(keys & listed.lists["apart"])
    told = [at for at in clause if not words[at].is_mark and at < found.element]
    for at in told if occurring else told[:SUBJECT_WORDS]:
        noun = known_here(words, at, listed.nouns)
        behind = known_here(words, at + 1, listed.nouns) if at + 1 in told else None
        if noun in listed.lists["announcing"] and behind is not None:
            continue
        if noun is not None and (occurring or not found.state):
            written = listed.written.get(noun, noun)
            return replace(found, lemma=written, group=listed.nouns[noun], state=False)
    return found
