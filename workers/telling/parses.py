"""The trees of an article's sentences; those of a headline are made of its parts.

A headline is parsed without the capitals of a title, which hide its verbs, and each of the parts
that a colon or a semicolon cuts it into stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workers.grammar.clauses import read_clauses
from workers.grammar.mending import mend
from workers.grammar.roughtrees import rough_tree
from workers.grammar.trees import Node, Tree, grow
from workers.telling.tellings import Telling
from workers.text.layout import Role
from workers.text.sentences import Sentence, Token
from workers.text.titles import is_label, parts, without_capitals

LONGEST_PARSED = 200
"""Tokens of a sentence that are parsed; real ones have fewer, and time grows by the square."""


# "HARBOUR TOWN, Norland, Jan. 27 (Agency) - ": where and when it was written, before a dash.
_DATELINE = re.compile(
    r"[A-Z]{2}[A-Z.'’ -]{1,30}(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?,? ?(?:\( ?[^()]{2,30}\) ?)?(?:—|–|--|-) (?=[A-Z0-9“‘\"'])"
)


def to_parse(tellings: Sequence[Telling], spelled: Mapping[str, str]) -> tuple[Sentence, ...]:
    """What is parsed of the tellings, in order; `spelled` is how running text writes names."""
    return tuple(piece for each in tellings for piece in _pieces(each, spelled))


def grown(
    tellings: Sequence[Telling], parsed: Sequence[Tree], spelled: Mapping[str, str]
) -> tuple[Tree, ...]:
    """One mended tree for each telling, of the trees of what is `to_parse`."""
    trees = iter(parsed)
    return tuple(
        _joined(
            _label(telling, spelled),
            [_told(next(trees), telling, piece) for piece in _pieces(telling, spelled)],
        )
        for telling in tellings
    )


def parse_roughly(telling: Telling, spelled: Mapping[str, str]) -> Tree:
    """The tree of a telling by rules alone."""
    is_headline = telling.role is Role.HEADLINE
    return mend(rough_tree(_sentence(telling, spelled), is_headline=is_headline))


def _told(tree: Tree, telling: Telling, piece: Sentence) -> Tree:
    """The tree mended; by rules where it has no verb in a headline: "mayor resigns"."""
    if telling.role is not Role.HEADLINE or read_clauses(tree):
        return mend(tree)
    return mend(rough_tree(piece, is_headline=True))


def _pieces(telling: Telling, spelled: Mapping[str, str]) -> tuple[Sentence, ...]:
    """What is parsed by itself: a sentence, or the parts of a headline behind its label."""
    sentence = _sentence(telling, spelled)
    if telling.role is not Role.HEADLINE:
        return (sentence,)
    told = sentence.tokens[len(_label(telling, spelled)) :]
    return tuple(
        Sentence(part[0].start, part[-1].end, part)
        for part in parts(replace(sentence, tokens=told))
    )


def _sentence(telling: Telling, spelled: Mapping[str, str]) -> Sentence:
    """The sentence, or as much of a longer one as is parsed."""
    sentence = telling.sentence
    dateline = _DATELINE.match(telling.text)
    told = [each for each in sentence.tokens if not _is_in(dateline, each.start - telling.start)]
    cut = replace(sentence, tokens=tuple(told[:LONGEST_PARSED]))
    return without_capitals(cut, spelled) if telling.role is Role.HEADLINE else cut


def _is_in(dateline: re.Match[str] | None, at: int) -> bool:
    return dateline is not None and at < dateline.end()


def _label(telling: Telling, spelled: Mapping[str, str]) -> tuple[Token, ...]:
    """The words before a headline's first colon that tell nothing."""
    if telling.role is not Role.HEADLINE:
        return ()
    first, *rest = parts(_sentence(telling, spelled))
    return first if rest and is_label(first) else ()


def _joined(label: Sequence[Token], trees: Sequence[Tree]) -> Tree:
    """One tree with a root for each of `trees`; the words of a label hang on the first."""
    if not label and len(trees) == 1:
        return trees[0]
    nodes = [_of_label(token, len(label) + trees[0].root) for token in label]
    for tree in trees:
        moved = len(nodes)
        nodes += [replace(node, head=node.head + moved) for node in tree.nodes]
    return grow(nodes)


def _of_label(token: Token, head: int) -> Node:
    return Node(
        text=token.text,
        start=token.start,
        end=token.end,
        tag="NNP",
        pos="PROPN",
        lemma=token.text.lower(),
        head=head,
        relation="dep",
    )
