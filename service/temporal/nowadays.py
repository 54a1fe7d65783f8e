"""Where "today" is not a day: the present that a history or a lasting state reaches to."""

from __future__ import annotations

from dataclasses import replace

from service.temporal.cues import Cue, find_cue, sentence_words
from service.temporal.diary import speaks_as_i
from service.temporal.lexicon import cues
from service.temporal.readings import Setting
from service.temporal.tagger import Timex
from service.temporal.timex import Tense
from service.temporal.timex3 import PRESENT_REF

_TODAY = "<today>"
_SURE = 0.8


def in_our_days(timex: Timex, setting: Setting) -> Timex:
    """`timex`, with no place on the line where it speaks of our days: "is still in use today"."""
    if timex.rule != _TODAY or setting.scan.word(timex.first) != "today":
        return timex
    if not (_owns_people(timex, setting) or _closes_history(timex, setting)):
        return timex
    meaning = replace(
        timex.meaning, says="the present", expr=None, value=PRESENT_REF, confidence=_SURE
    )
    return replace(timex, meaning=meaning)


def _owns_people(timex: Timex, setting: Setting) -> bool:
    """Whether it names those who live now: "today's youth"; not "today's vote"."""
    scan = setting.scan
    owns = scan.word(timex.until) in {"'s", "’s"}
    return owns and cues("en").has("of_our_days", scan.word(timex.until + 1))


def _closes_history(timex: Timex, setting: Setting) -> bool:
    """Whether a history comes to the present here: "Today the palace is a museum"."""
    if not setting.history or speaks_as_i(setting.scan.text):
        return False
    words = sentence_words(setting.scan, timex.first, timex.until)
    if any(cues("en").has("lasting", word) for word in words):
        return True
    cue = find_cue(setting.scan, timex.first, timex.until, setting.passage.language)
    return cue is None or not _tells_past(cue)


def _tells_past(cue: Cue) -> bool:
    """Whether the clause itself is past: its auxiliary, or a verb right beside "today"."""
    finite = cue.word in {"was", "were"} or cues("en").has("reporting", cue.word)
    return cue.tense is Tense.PAST and (finite or cue.away <= 1)
