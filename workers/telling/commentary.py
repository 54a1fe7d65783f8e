"""Commentary told by its form: what a sentence makes of events, not what happened.

Thoughts and feelings that grow or are stirred, verbs of meaning and judgement, and advice that
nobody in particular gives.
"""

from __future__ import annotations

from workers.grammar.clauses import Clause
from workers.grammar.trees import Tense, Tree
from workers.lexicon.triggers import Triggers


def is_comment(tree: Tree, clause: Clause, table: Triggers) -> bool:
    """Whether the clause comments, whatever its tense."""
    if _stirs_thought(tree, clause, table) or _is_advice(tree, clause, table):
        return True
    if _is_conceived(tree, clause):
        return True
    if not table.is_listed("comment", clause.verb):
        return False
    stirred = {tree.nodes[at].lemma.lower() for at in clause.objects}
    return not any(table.nouns.get(each) in table.lists["physical"] for each in stirred)


def _stirs_thought(tree: Tree, clause: Clause, table: Triggers) -> bool:
    """Concerns have grown; the case has sparked debate; the move drew attention to it."""
    subject = "" if clause.subject is None else tree.nodes[clause.subject].lemma.lower()
    if table.is_listed("thoughts", subject) and not clause.passive:
        return True
    objects = (tree.nodes[at].lemma.lower() for at in clause.objects)
    return table.is_listed("stirring", clause.verb) and any(
        table.is_listed("thoughts", each) for each in objects
    )


def _is_conceived(tree: Tree, clause: Clause) -> bool:
    """Building it could help; only by waiting can we know: an act that is only thought of."""
    if clause.subject is None or clause.tense not in {Tense.MODAL, Tense.PRESENT}:
        return False
    return tree.nodes[clause.subject].tag in {"VBG", "VB"}


def _is_advice(tree: Tree, clause: Clause, table: Triggers) -> bool:
    """Residents are urged to stay away; nobody is named who urges."""
    nobody = clause.passive and not clause.agents
    is_now = clause.tense in {Tense.PRESENT, Tense.NONE}
    opens = any(
        tree.nodes[below].lower == "to"
        for each in tree.of_kind(clause.head, "xcomp", "ccomp", "advcl")
        for below in tree.children[each]
    )
    return nobody and is_now and opens and table.is_listed("advising", clause.verb)
