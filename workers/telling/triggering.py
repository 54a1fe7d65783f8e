"""Which word of a clause or a sentence tells what happened, and its class."""

from __future__ import annotations

from service.timeline.model import Kind, Status
from workers.grammar.clauses import Clause, Role, verb_of
from workers.grammar.trees import Tense, Tree
from workers.lexicon.triggers import Triggers
from workers.telling.commentary import is_comment
from workers.telling.told import Sentence, Told


def read_noun(sentence: Sentence, table: Triggers) -> tuple[int, Told] | None:
    """The event noun that a sentence without a telling verb names, and its labels.

    Of a headline it tells ("Blast in Kabul"); in prose it must be definite ("the robbery") and
    only adds to an event that another sentence tells. The subject comes first.
    """
    if any(_is_thought(sentence, each, table) for each in sentence.clauses):
        return None
    tree = sentence.tree
    for at in (*_main_subjects(sentence), *range(len(tree.nodes))):
        node = tree.nodes[at]
        is_noun = sentence.is_headline or node.pos in {"NOUN", "PROPN"}
        trigger = event_noun(tree, at, table) if is_noun else ""
        if trigger and (sentence.is_headline or _is_named(tree, at, trigger)):
            return at, _told(trigger, table.nouns[trigger], opens=sentence.is_headline)
    events = (each for each in _main_subjects(sentence) if _is_event(tree, each, table))
    return next(((at, _told(tree.nodes[at].lemma.lower(), "", opens=False)) for at in events), None)


def _told(trigger: str, group: str, *, opens: bool) -> Told:
    return Told(
        kind=Kind.HAPPENING,
        status=Status.HAPPENED,
        trigger=trigger,
        trigger_class=group,
        opens=opens,
    )


def _is_event(tree: Tree, at: int, table: Triggers) -> bool:
    """Whether it means an event told before, of whatever kind: "the incident"."""
    named = tree.nodes[at].lemma.lower() in table.lists["events"]
    return named and tree.nodes[at].pos == "NOUN" and is_particular(tree, at)


def _is_named(tree: Tree, at: int, trigger: str) -> bool:
    """Whether the noun is that event in particular: "the robbery", not "the scene of robberies"."""
    node = tree.nodes[at]
    return trigger.endswith((node.lemma.lower(), node.lower)) and is_particular(tree, at)


def _main_subjects(sentence: Sentence) -> tuple[int, ...]:
    """The subjects of main clauses told as fact."""
    return tuple(
        each.subject
        for each in sentence.clauses
        if each.subject is not None and each.role is Role.MAIN
    )


def _is_thought(sentence: Sentence, clause: Clause, table: Triggers) -> bool:
    """Whether the clause comments or says what could be."""
    supposed = clause.tense is Tense.MODAL and not sentence.is_headline
    is_verb = sentence.tree.nodes[clause.head].tag.startswith("VB")
    judged = is_verb and table.is_listed("comment", clause.verb)
    return supposed or judged or (is_verb and is_comment(sentence.tree, clause, table))


def is_particular(tree: Tree, at: int) -> bool:
    """Whether the noun is somebody or something in particular: a name, "the group", "its"."""
    if tree.nodes[at].pos == "PROPN":
        return True
    opening = {tree.nodes[each].lower for each in tree.of_kind(at, "det", "nmod", "case")}
    owned = any(tree.nodes[each].relation == "nmod:poss" for each in tree.children[at])
    return owned or not opening.isdisjoint({"the", "this", "that", "these", "those"})


def trigger_of(sentence: Sentence, at: int, table: Triggers) -> tuple[str, str]:
    """The lemma that tells what happened, and its class: of an empty verb the noun with it."""
    clause = sentence.clauses[at]
    tree = sentence.tree
    if table.is_listed("phases", clause.verb):
        inner = [each for each in sentence.clauses if each.parent == at and each.role is Role.OPEN]
        if inner:
            return inner[0].verb, table.verbs.get(inner[0].verb, "")
    group = _class_of(clause, table)
    nouns = (event_noun(tree, each, table) for each in _that_tell(clause, group, table))
    named = next((each for each in nouns if each), "")
    if named:
        return named, table.nouns[named]
    return clause.verb or verb_of(tree, clause.head), group


def event_noun(tree: Tree, at: int, table: Triggers) -> str:
    """The event that the noun names, in the table's words; empty for any other noun.

    "A wave of *protests*", "a *death sentence*".
    """
    node = tree.nodes[at]
    lemma = node.lower if node.lower in table.nouns else node.lemma.lower()  # "unrest" is no "unr"
    for each in tree.of_kind(at, "compound", "amod", "nmod"):
        pair = f"{tree.nodes[each].lemma.lower()} {lemma}"
        if each < at and pair in table.nouns:
            return pair
    if lemma in table.nouns:
        return lemma
    inside = tree.of_kind(at, "nmod") if lemma in table.lists["containers"] else ()
    return next((found for each in inside if (found := event_noun(tree, each, table))), "")


def _class_of(clause: Clause, table: Triggers) -> str:
    """The class of the clause's verb, as it is used."""
    if clause.passive and clause.verb in table.passive:
        return table.passive[clause.verb]
    if not clause.passive and not clause.objects and clause.verb in table.alone:
        return table.alone[clause.verb]
    return table.verbs.get(clause.verb, "")


def _that_tell(clause: Clause, group: str, table: Triggers) -> tuple[int, ...]:
    """The nouns that may tell what happened better than the verb of class `group`."""
    subjects = () if clause.subject is None else (clause.subject,)
    if table.is_listed("striking", clause.verb):
        return clause.agents if clause.passive else subjects
    empty = clause.verb in table.lists["light"] or table.is_listed("phases", clause.verb)
    if group and not empty:
        return ()
    idle = table.is_listed("describing", clause.verb)
    return clause.objects if idle else (*clause.objects, *subjects)
