"""The look of news for treebank text: curly quotes, dashes, headline case; seeded, on the fly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

SMALL = frozenset(
    {
        *("a", "an", "the", "of", "in", "on", "for", "to", "and", "or", "at", "by", "from"),
        *("with", "as"),
    }
)
"""Words that a headline leaves small."""
_QUOTES = frozenset({'"', "``", "''", "“", "”"})

Augmenter = Callable[[Language, Example], Iterator[Example]]


@registry.augmenters("timelines.newsstyle.v1")  # type: ignore[untyped-decorator]  # spaCy's registries have no types
def newsstyle(
    *,
    curly: float = 0.45,
    lower: float = 0.04,
    upper: float = 0.03,
    title: float = 0.05,
    seed: int = 0,
) -> Augmenter:
    """One example in, one out; each number is the share of examples that get that look."""
    rng = random.Random(seed)  # noqa: S311  # a recipe must repeat itself

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        marks, case = rng.random(), rng.random()
        words = [token.text for token in example.reference]
        styled = typeset(words, rng) if marks < curly else words
        if case < lower:
            styled = [word.lower() for word in styled]
        elif case < lower + upper:
            styled = [word.upper() for word in styled]
        elif case < lower + upper + title:
            styled = headline_case(styled)
        yield example if styled == words else _restyled(nlp, example, styled)

    return augment


def typeset(words: Sequence[str], rng: random.Random) -> list[str]:
    """Straight quotes made curly by turns, double hyphens made one kind of dash."""
    dash = rng.choice(("—", "–"))
    found, is_open = [], False
    for word in words:
        if word in _QUOTES:
            is_open = word == "``" or (word != "''" and not is_open)
            found.append("“" if is_open else "”")
        else:
            found.append(dash if word in {"--", "---"} else word.replace("'", "’"))
    return found


def headline_case(words: Sequence[str]) -> list[str]:
    """Every word with a capital but the small ones within, and clitics."""
    return [
        word
        if (at and word.lower() in SMALL) or not word[:1].isalpha() or word[:2] in {"n'", "n’"}
        else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    ]


def _restyled(nlp: Language, example: Example, words: Sequence[str]) -> Example:
    told = example.to_dict()
    spaces = told["token_annotation"]["SPACY"]
    told["token_annotation"]["ORTH"] = list(words)
    text = "".join(
        word + " " * bool(space) for word, space in zip(words, spaces, strict=True)
    ).rstrip()
    return Example.from_dict(nlp.make_doc(text), told)
