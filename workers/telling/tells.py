"""What one clause tells, by its verb group alone: kind, status, trigger; None for what is no event.

EVENTS section 1. A clause that comments, asks, orders, wishes or says how things are tells
nothing; one that is reported is labelled like any other, and its reporter makes it `reported`.
"""

from __future__ import annotations

from service.timeline.model import Kind, Status
from workers.grammar.clauses import Clause, Role
from workers.grammar.trees import Tense, Tree
from workers.lexicon.triggers import Triggers
from workers.telling.commentary import is_comment
from workers.telling.owndates import is_charge
from workers.telling.told import Sentence, Told, labels, statement
from workers.telling.triggering import trigger_of

_PASTS = frozenset({Tense.PAST, Tense.PERFECT})
_IF = frozenset({"if", "unless", "whether", "should", "lest", "so"})
_MAY = frozenset({"may", "might", "could", "can"})
_OURS = frozenset({"my", "our", "your"})
_US = frozenset({"i", "we", "you", "us", "me"})
_OFF = frozenset({"cancel", "call off", "scrap", "abandon", "postpone"})


def read_clause(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    """What the clause at index `at` of the sentence tells."""
    clause = sentence.clauses[at]
    if _is_nobodys(sentence, clause) or _only_reports(sentence, at, table):
        return None
    if is_comment(sentence.tree, clause, table) or _is_false_subject(sentence.tree, clause):
        return None
    if sentence.is_headline and clause.tense in {Tense.PRESENT, Tense.NONE}:
        return _headline(sentence, at, table)
    if clause.tense in _PASTS:
        return _past(sentence, at, table)
    if clause.tense is Tense.NONE:
        return _not_finite(sentence, at, table)
    return _ahead(sentence, at, table) or _present(sentence, at, table)


_ANYBODY = frozenset({"whoever", "whatever", "whichever", "anyone", "anybody"})


def _past(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    clause = sentence.clauses[at]
    planned = _plan(sentence, at, table)
    if planned is not None and clause.tense is not Tense.PAST:
        return planned
    if planned is not None and not table.is_listed("resolves", clause.verb):
        return None
    if _is_reporting(sentence, at, table):
        return statement(clause, table, strong=table.is_listed("acts", clause.verb))
    if clause.passive and table.is_listed("timed", clause.verb) and clause.subject is not None:
        noun = sentence.tree.nodes[clause.subject].lemma.lower()
        return labels(Kind.PLANNED, Status.PLANNED, noun, table.nouns.get(noun, ""), strong=False)
    trigger, group = trigger_of(sentence, at, table)
    status = Status.HAPPENED
    if clause.negated:
        status = Status.DID_NOT_HAPPEN
    elif clause.verb in _OFF and clause.passive:
        status = Status.CANCELLED
    listed = any(table.is_listed(name, clause.verb) for name in ("states", "comment"))
    nominal = not sentence.tree.nodes[clause.head].tag.startswith("VB")
    if (nominal or clause.verb == "be") and not group:
        return None  # "It was Saturday.": how something was, not what happened
    idle = table.is_listed("comment", clause.verb) and not clause.passive
    weak = clause.negated or (listed and not group) or idle
    return Told(
        kind=Kind.HAPPENING,
        status=status,
        trigger=trigger,
        trigger_class=group,
        strong=not weak,
    )


def _present(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    clause = sentence.clauses[at]
    if _is_reporting(sentence, at, table) and not clause.negated:
        return statement(clause, table, strong=table.is_listed("acts", clause.verb))
    trigger, group = trigger_of(sentence, at, table)
    is_verb = sentence.tree.nodes[clause.head].tag.startswith("VB")
    ahead = _is_due(sentence, clause) or table.is_listed("pending", clause.verb)
    if ahead and not clause.negated:
        return labels(Kind.PLANNED, Status.PLANNED, trigger, group)
    if clause.negated or not (is_verb or group):
        return None
    if clause.progressive and group:
        return labels(Kind.HAPPENING, Status.ONGOING, trigger, group, strong=False)
    if sentence.leads and group and _is_deed(clause, table):
        return labels(Kind.HAPPENING, Status.HAPPENED, trigger, group)
    lasts = clause.role is Role.MAIN and _is_now(sentence.tree, clause)
    return labels(Kind.STATE, Status.ONGOING, trigger, group, strong=lasts)


def _is_deed(clause: Clause, table: Triggers) -> bool:
    """Whether a main clause tells what somebody does, not how things are."""
    return clause.role is Role.MAIN and not table.is_listed("states", clause.verb)


def _is_now(tree: Tree, clause: Clause) -> bool:
    """Whether somebody is told to be in a state just now: "he now sits in prison"."""
    adverbs = {tree.nodes[at].lower for at in tree.of_kind(clause.head, "advmod")}
    return clause.subject is not None and not adverbs.isdisjoint({"now", "currently", "presently"})


def _is_due(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody is due somewhere: "is due in court", "is due before the judges"."""
    tree = sentence.tree
    near = [clause.head, *tree.children[clause.head]]
    return any(tree.nodes[at].lower == "due" for at in near) and bool(
        tree.of_kind(clause.head, "cop")
    )


def _ahead(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    """A plan or a possibility: will, may, is expected to."""
    clause = sentence.clauses[at]
    trigger, group = trigger_of(sentence, at, table)
    if clause.negated:
        negated = labels(Kind.PLANNED, Status.PLANNED, trigger, group, strong=False)
        return negated if clause.tense is Tense.FUTURE else None
    if clause.tense is Tense.FUTURE or clause.modal in {"would", "'d"}:
        planned = _plan(sentence, at, table)
        if planned is not None:
            return planned
        is_state = table.is_listed("states", clause.verb) and not group
        is_plan = not is_state and not _is_foreboded(sentence, at, table)
        certain = clause.tense is Tense.FUTURE and is_plan
        return labels(Kind.PLANNED, Status.PLANNED, trigger, group, strong=certain)
    if clause.modal in _MAY:
        return labels(Kind.PLANNED, Status.POSSIBLE, trigger, group, strong=False)
    if clause.modal or (clause.progressive and table.is_listed("acts", clause.verb)):
        return None
    return _plan(sentence, at, table)


def _is_foreboded(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether somebody only fears, hopes or foretells it: no plan."""
    clause = sentence.clauses[at]
    if clause.role is not Role.REPORTED or clause.parent is None:
        return False
    return table.is_listed("foreboding", sentence.clauses[clause.parent].verb)


def _headline(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    """Present and bare participles tell the past in a headline; "to" with a verb a plan."""
    clause = sentence.clauses[at]
    tree = sentence.tree
    if clause.marker == "to" and clause.role is Role.MAIN:
        trigger, group = trigger_of(sentence, at, table)
        return labels(Kind.PLANNED, Status.PLANNED, trigger, group)
    whole = clause.role is Role.REDUCED and clause.parent is None and not _is_aside(tree, clause)
    if (clause.role in {Role.OPEN, Role.REDUCED} and not whole) or clause.marker:
        return None
    planned = _plan(sentence, at, table)
    if planned is not None:
        return planned
    if table.is_listed("pending", clause.verb):
        return _present(sentence, at, table)
    if clause.tense is Tense.NONE and tree.nodes[clause.head].tag not in {"VBN", "VBD"}:
        return None
    return _past(sentence, at, table)


def _is_aside(tree: Tree, clause: Clause) -> bool:
    """Whether it tells of a noun behind a preposition: "date set for man *accused of theft*"."""
    nouns = {clause.head - 1, clause.subject}
    return any(each is not None and each >= 0 and tree.of_kind(each, "case") for each in nouns)


def _not_finite(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    """A participle that tells of a noun ("arrested in May"), a plan's infinitive: with a date."""
    clause = sentence.clauses[at]
    tag = sentence.tree.nodes[clause.head].tag
    above = None if clause.parent is None else sentence.clauses[clause.parent]
    trigger, group = trigger_of(sentence, at, table)
    if clause.role is Role.REDUCED and tag == "VBN" and not table.is_listed("plans", clause.verb):
        return labels(Kind.HAPPENING, Status.HAPPENED, trigger, group, strong=False)
    charged = above is not None and is_charge(clause, above)
    beside = clause.role is Role.SUBORDINATE and above is not None and not clause.marker
    if tag == "VBG" and (beside or charged):
        return labels(Kind.HAPPENING, Status.HAPPENED, trigger, group, strong=False)
    if clause.marker == "with" and table.is_listed("acts", clause.verb):
        return statement(clause, table, strong=clause.subject is not None)
    if clause.role is Role.OPEN and above is not None and table.is_listed("plans", above.verb):
        return labels(Kind.PLANNED, Status.PLANNED, trigger, group, strong=False)
    return None


def _plan(sentence: Sentence, at: int, table: Triggers) -> Told | None:
    """Expected to fall, due to fall, plans to strike: a plan by the verb of the infinitive."""
    clause = sentence.clauses[at]
    word = sentence.tree.nodes[clause.head].lower
    if not (table.is_listed("plans", clause.verb) or word in table.lists["plans"]):
        return None
    opened = [
        number
        for number, each in enumerate(sentence.clauses)
        if each.parent == at and each.marker == "to"
    ]
    if not opened:
        return None
    trigger, group = trigger_of(sentence, opened[0], table)
    return labels(Kind.PLANNED, Status.PLANNED, trigger, group)


def _is_reporting(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether somebody says, and somebody else's clause or words are what is said."""
    clause = sentence.clauses[at]
    done = clause.passive or _is_done_to(sentence, clause)
    if done and (table.verbs.get(clause.verb) or clause.verb not in table.lists["acts"]):
        return False  # "was accused of murder" is a charge
    if clause.verb in table.lists["deeds"] and (clause.objects or _is_done(sentence, at)):
        return False  # "announced an inquiry" is a deed, "announced that" are words
    if clause.role is Role.ASIDE and table.is_listed("saying", clause.verb):
        return True
    if table.is_listed("acts", clause.verb):
        return True
    return table.is_listed("saying", clause.verb) or _says_that(sentence, at, table)


def _is_done_to(sentence: Sentence, clause: Clause) -> bool:
    """Whether a headline's bare past is a passive: "clerk accused of arson"."""
    bare = sentence.tree.nodes[clause.head].tag in {"VBD", "VBN"}
    says = any(each.parent is not None and each.head > clause.head for each in sentence.clauses)
    return sentence.is_headline and bare and not clause.objects and not says


def _is_done(sentence: Sentence, at: int) -> bool:
    """Whether it is the passive of a deed: "a curfew was ordered", not "was ordered to leave"."""
    clause = sentence.clauses[at]
    said = any(
        each.parent == at and (each.marker == "to" or each.role in {Role.OPEN, Role.REPORTED})
        for each in sentence.clauses
    )
    return clause.passive and clause.subject is not None and not said


def _says_that(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether an unclassed verb has a clause with "that" for its object: "repeated that"."""
    clause = sentence.clauses[at]
    if clause.objects or clause.passive or table.verbs.get(clause.verb):
        return False
    if table.is_listed("showing", clause.verb):
        return False
    return sentence.tree.nodes[clause.head].tag.startswith("VB") and any(
        each.parent == at and each.role is Role.REPORTED and each.marker == "that"
        for each in sentence.clauses
    )


def _is_nobodys(sentence: Sentence, clause: Clause) -> bool:
    """Whether it is supposed, one's own view, or an order."""
    supposed = clause.marker in _IF
    return supposed or _is_ours(sentence.tree, clause) or _is_order(sentence, clause)


def _is_ours(tree: Tree, clause: Clause) -> bool:
    """Whether "I", "we", "our town" is the subject: somebody's own view or advice."""
    if clause.subject is None:
        return False
    below = (tree.nodes[each].lower for each in tree.children[clause.subject])
    return tree.nodes[clause.subject].lower in _US or not _OURS.isdisjoint(below)


def _only_reports(sentence: Sentence, at: int, table: Triggers) -> bool:
    """Whether it only says that something is told: "it emerged that", "reports have emerged"."""
    clause = sentence.clauses[at]
    if clause.subject is None:
        return False
    subject = sentence.tree.nodes[clause.subject]
    emerges = table.is_listed("emerging", clause.verb)
    if emerges and table.is_listed("rumours", subject.lemma.lower()):
        return True
    if subject.lower != "it":
        return False
    says = any(table.is_listed(name, clause.verb) for name in ("saying", "acts", "deeds"))
    return ((clause.passive and says) or emerges) and any(
        each.parent == at and each.role is Role.REPORTED for each in sentence.clauses
    )


def _is_false_subject(tree: Tree, clause: Clause) -> bool:
    """Whether a plural noun was taken for a verb (no finite clause is a subject without "that").

    Or whether it is nobody in particular: "whoever governs now".
    """
    if clause.subject is not None and tree.nodes[clause.subject].lower in _ANYBODY:
        return True
    is_subject = tree.nodes[clause.head].kind == "csubj"
    return is_subject and clause.tense is not Tense.NONE and clause.marker != "that"


def _is_order(sentence: Sentence, clause: Clause) -> bool:
    """Whether it is an imperative: a bare verb without a subject at the head of a sentence."""
    bare = sentence.tree.nodes[clause.head].tag in {"VB", "VBP"}
    return bare and clause.role is Role.MAIN and clause.subject is None and not clause.marker
