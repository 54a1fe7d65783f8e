"""Mentions of an article: what its sentences tell, quoted, dated and labelled.

Of an article whose language is read each clause that tells something is a mention. Elsewhere a
sentence with a date is one, and the lead (headline and first sentence), dated by its report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.documents.expression import expression_document
from service.documents.jsontext import dumps
from service.timeline.ids import expression_id, mention_ids
from service.timeline.model import Kind, Mention, MentionId, Pointer
from workers.dating.dated import Dated
from workers.dating.ladder import date_drafts
from workers.details.carried import Carried, read_carrying
from workers.grammar.trees import Tree, has_finite
from workers.lexicon import cues, verbs
from workers.lexicon.triggers import english
from workers.persian.content import Content
from workers.persian.reading import read_article
from workers.readings import Said, read_dated
from workers.telling.antecedents import find_subjects
from workers.telling.attributions import read_attributions
from workers.telling.datednouns import read_dated_nouns
from workers.telling.drafts import Draft, read_drafts
from workers.telling.gapping import parted
from workers.telling.headlines import word_headline
from workers.telling.nominal import read_named
from workers.telling.parses import grown, parse_roughly, to_parse
from workers.telling.passingnouns import read_passing_nouns
from workers.telling.quotes import quoted
from workers.telling.spoken import with_subjects
from workers.telling.tellings import Article, Telling, date_spans, plain_tokens, tellings
from workers.telling.wording import Wording, word
from workers.text.layout import Role
from workers.text.sentences import Sentence, Token
from workers.text.titles import spellings
from workers.text.words import known_names, names, terms

MOST_MENTIONS = 500
"""Mentions of one article; merging compares them pairwise. The first ones are kept."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The mentions of an article; `complete` is false when there were more than MOST_MENTIONS."""

    mentions: tuple[Mention, ...]
    complete: bool


def parsed_sentences(article: Article) -> tuple[Sentence, ...]:
    """What `extract` needs the trees of, in order; nothing of a language that has no trees."""
    if article.level != "full":
        return ()
    spelled = spellings(article.sentences, known_names(article.sentences))
    return to_parse(tuple(tellings(article)), spelled)


def extract(article: Article, trees: Sequence[Tree]) -> Extracted:
    """The mentions of `article` in the order of its text, that of the title first.

    `trees` are those of its `parsed_sentences`.
    """
    known = known_names(article.sentences)
    if article.level == "full":
        every = _clauses(article, trees, known)
    else:
        every = _persian(article) if article.level == "clauses" else read_dated(article)
    found = every[:MOST_MENTIONS]
    spans = tuple(quoted(telling, said.dated_by) for telling, said in found)
    texts = [
        telling.text[slice(*_within(telling, said.clause or span))]
        for (telling, said), span in zip(found, spans, strict=True)
    ]
    ids = mention_ids(article.head.key, texts)
    mentions = tuple(
        replace(
            _mention(article, telling, said, identifier=identifier, quote=span, known=known),
            pointer=_pointer(said, ids),
        )
        for (telling, said), identifier, span in zip(found, ids, spans, strict=True)
    )
    if article.level != "dates":
        mentions = with_subjects(mentions, english())
    return Extracted(mentions, complete=len(found) == len(every))


def _clauses(
    article: Article, parsed: Sequence[Tree], known: frozenset[str]
) -> tuple[tuple[Telling, Said], ...]:
    """The clauses that tell something, of an English article."""
    every = tuple(tellings(article))
    spelled = spellings(article.sentences, known)
    trees = grown(every, parsed, spelled)
    found = [_drafts(telling, tree, spelled) for telling, tree in zip(every, trees, strict=True)]
    told = zip(every, trees, found, strict=True)
    carrying = read_carrying(tuple(told), known)
    dated = date_drafts([draft for drafts in found for draft in drafts], article.published)
    prose = [each for each in every if each.role is Role.PROSE][:3]
    inside = [tree for telling, tree in zip(every, trees, strict=True) if telling.within == "text"]
    subjects = find_subjects(inside)
    kept = [
        each
        for each in dated
        if each.by is not None
        or each.draft.telling.role is not Role.HEADLINE
        or _is_told(each.draft.telling, prose)
    ]
    place = {id(each.draft): at for at, each in enumerate(kept)}
    worded = [word(each.draft, subjects) for each in kept]
    return tuple(
        (
            each.draft.telling,
            _said(
                each,
                carrying.of(each.draft, article.published, wording.opening),
                place,
                wording,
            ),
        )
        for each, wording in zip(kept, worded, strict=True)
    )


def _drafts(telling: Telling, tree: Tree, spelled: Mapping[str, str]) -> tuple[Draft, ...]:
    """Those of clauses, and of nouns with a day; where there are none, of the event it names."""
    clauses = _by_clauses(telling, tree, spelled)
    found = tuple(each for draft in clauses for each in parted(draft))
    dated = read_dated_nouns(telling, tree, english())
    passing = read_passing_nouns(telling, tree, found, english())
    said = read_attributions(telling, tree) if found else ()
    return (*found, *dated, *passing, *said) or read_named(telling, tree, english())


def _by_clauses(telling: Telling, tree: Tree, spelled: Mapping[str, str]) -> tuple[Draft, ...]:
    """By the parse, or by rules where that finds no verb that tells."""
    found = read_drafts(telling, tree, english())
    if any(each.told.opens for each in found):
        return found
    is_told = telling.resolutions or telling.leads or not has_finite(tree)
    if (is_told and verbs.tells_past(telling.text)) or telling.role is Role.HEADLINE:
        rough = read_drafts(telling, parse_roughly(telling, spelled), english())
        found = rough or found
    return found


def _persian(article: Article) -> tuple[tuple[Telling, Said], ...]:
    """The clauses that tell something, of a Persian article."""
    found = read_article(article)
    place = {id(each.dated.draft): at for at, each in enumerate(found)}
    return tuple(
        (
            each.dated.draft.telling,
            replace(_said(each.dated, each.carried, place, each.wording), content=each.content),
        )
        for each in found
    )


def _said(dated: Dated, carried: Carried, place: Mapping[int, int], wording: Wording) -> Said:
    draft, points = dated.draft, dated.points
    return Said(
        kind=dated.told.kind,
        status=dated.told.status,
        certainty=draft.certainty,
        date=dated.date,
        dated_by=dated.by,
        clause=(draft.start, draft.end),
        wording=wording,
        trigger=draft.told.trigger,
        trigger_class=draft.told.trigger_class,
        sayers=draft.sayers,
        carried=carried,
        opens=draft.told.opens,
        points=points,
        target=None if points is None else place.get(id(points.target)),
        why=dated.why,
    )


def _pointer(said: Said, ids: Sequence[MentionId]) -> Pointer | None:
    """The mention that the day was counted from; None when it was not kept."""
    points, target = said.points, said.target
    if points is None or target is None or target >= len(ids):
        return None
    return Pointer(
        target=ids[target], relation=points.relation, least=points.least, most=points.most
    )


def _within(telling: Telling, span: tuple[int, int]) -> tuple[int, int]:
    return span[0] - telling.start, span[1] - telling.start


def _is_told(headline: Telling, prose: Sequence[Telling]) -> bool:
    """Whether the opening of the text tells what the headline says."""
    mine = _stems(headline)
    echoed = any(mine & _stems(each) for each in prose)
    return not prose or (echoed and any(cues.tells(each.text) for each in prose))


def _stems(telling: Telling) -> set[str]:
    return set(terms(plain_tokens(telling), ()))


def _mention(
    article: Article,
    telling: Telling,
    said: Said,
    *,
    identifier: MentionId,
    quote: tuple[int, int],
    known: frozenset[str],
) -> Mention:
    start, end = quote
    clause = said.clause or quote
    plain = plain_tokens(telling)
    tokens = [token for token in plain if clause[0] <= token.start < clause[1]]
    content = said.content or _content(tokens, plain, known)
    text = telling.text[slice(*_within(telling, quote))]
    return Mention(
        id=identifier,
        article_id=article.head.id,
        article_key=article.head.key,
        published_utc=article.head.published_utc,
        published_day=article.published,
        quote=text,
        within=telling.within,
        start=start,
        end=end,
        clause_start=clause[0],
        clause_end=clause[1],
        role=telling.role.value,
        kind=said.kind,
        status=said.status,
        certainty=said.certainty,
        date=said.date,
        terms=content.terms,
        names=content.names,
        headline=word_headline(
            telling,
            said.wording,
            date_spans(telling),
            clause=clause,
            focus=_focus(said),
            known=known,
        ),
        lead=telling.leads,
        evidence=_evidence(article, said),
        trigger=said.trigger,
        trigger_class=said.trigger_class,
        attribution=said.sayers[0] if said.sayers else "",
        opens=said.opens,
        relayed_by=said.sayers[1:],
        participants=said.carried.participants,
        places=said.carried.places,
        figures=said.carried.figures,
        deeds=said.carried.deed.classes,
        parties=said.carried.deed.parties,
        derivation=said.why,
        sentence=content.sentence,
        language=article.language,
        glosses=content.glosses,
    )


def _content(clause: Sequence[Token], plain: Sequence[Token], known: frozenset[str]) -> Content:
    """Names and content words of a clause, and of its sentence."""
    named, every = names(clause, known), names(plain, known)
    return Content(
        names=named,
        terms=terms(clause, named),
        sentence=tuple(sorted({*every, *terms(plain, every)})),
    )


def _focus(said: Said) -> tuple[int, int] | None:
    """The expression that the headline's clause should hold; a statement is more than its day."""
    if said.dated_by is None or said.kind is Kind.STATEMENT:
        return None
    return said.dated_by.span.start, said.dated_by.span.end


def _evidence(article: Article, said: Said) -> tuple[str, ...]:
    if said.dated_by is None:
        return ()
    identifier = expression_id(article.head.key, said.dated_by.span)
    return (dumps(expression_document(said.dated_by, identifier)),)
