"""Workers whose reading is quick and simple, but dangerous where an article says so.

Run as `python -m tests.faults.hazards` with the settings of `python -m workers`. All is real but
the reading: each article tells of one event, or of nothing, or does its worst.
"""

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence

from service import logs, wiring
from service.documents.jsontext import dumps, read_object
from service.merging import Read
from service.settings import Settings
from service.store.base import Claimed, Reading
from service.temporal.interval import Day, Granularity
from service.timeline.model import (
    Basis,
    Certainty,
    DateClaim,
    Kind,
    Mention,
    MentionId,
    Status,
)
from workers import jobs, parent

PRIVATE = "a secret of the article"
SECONDS_OF_READING = 0.005


def crash():
    os.kill(os.getpid(), signal.SIGKILL)


def spin():
    while True:
        pass


def spin_natively():
    # C code that looks at no signal: only the kernel's limit ends it.
    sum(iter(int, 1))


def refuse():
    raise ValueError(PRIVATE)


HAZARDS = {"CRASH": crash, "SPIN": spin, "NATIVE": spin_natively, "REFUSE": refuse}


def read(batch: Sequence[Claimed]) -> Iterator[tuple[Claimed, Read]]:
    for each in batch:
        words = str(read_object(each.posted)["text"]).split()
        if words[0] in HAZARDS:
            HAZARDS[words[0]]()
        time.sleep(float(words[1]) if words[0] == "SLEEP" else SECONDS_OF_READING)
        yield each, Read(reading(), (mention(each, words),))


def reading() -> Reading:
    return Reading(
        outcome="told",
        language="en",
        level="full",
        expressions=(),
        mentions=(),
        notices="[]",
        skipped="[]",
    )


def mention(claimed: Claimed, words: Sequence[str]) -> Mention:
    day = Day(claimed.head.published_utc // 86_400)
    text = " ".join(words)
    return Mention(
        id=MentionId(f"men_{claimed.key}"),
        article_id=claimed.id,
        article_key=claimed.key,
        published_utc=claimed.head.published_utc,
        published_day=day,
        quote=text,
        within="text",
        start=0,
        end=len(text),
        clause_start=0,
        clause_end=len(text),
        role="body",
        kind=Kind.HAPPENING,
        status=Status.HAPPENED,
        certainty=Certainty.ASSERTED,
        date=on_day(day),
        terms=tuple(sorted({word.lower() for word in words if word.islower()})),
        names=tuple(sorted({word.lower() for word in words if word.istitle()})),
        headline=text,
        lead=True,
        evidence=(dumps({"text": words[-1]}),),
    )


def on_day(day: Day) -> DateClaim:
    return DateClaim(
        start=day,
        end=day,
        earliest=day,
        latest=day,
        granularity=Granularity.DAY,
        basis=Basis.EXPLICIT,
        confidence=1.0,
    )


def main(environ: Iterable[tuple[str, str]]) -> None:
    settings = Settings.from_env(dict(environ))
    logs.configure(settings.log_level, settings.log_format, part="hazards")
    sender = wiring.build_sender(settings)
    parent.run(jobs.Workshop(settings, wiring.build(settings), read, sender=sender))


if __name__ == "__main__":
    main(os.environ.items())
