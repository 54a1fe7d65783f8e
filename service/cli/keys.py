"""`timelines keys` and `timelines tokens`: over the record itself, as `migrate` is."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from service.cli.parts import migrated
from service.errors import NotFoundError, SetupError
from service.intake import is_timeline_name
from service.keyring import LONGEST_NAME, SCOPES, mint_key, mint_token
from service.settings import Settings
from service.store.base import Store
from service.store.credentials import Credential
from service.store.sql import SqlStore

DAY_SECONDS = 86_400
MOST_DAYS = 3_650
PAGE = 200
ONCE = "shown this once and kept nowhere: store it now"


def run_keys(options: Namespace, environ: Mapping[str, str]) -> int:
    """Make, list or revoke keys."""
    actions = {"create": _create_key, "list": _list_keys, "revoke": _revoke_key}
    return _run(actions[options.action], options, environ)


def run_tokens(options: Namespace, environ: Mapping[str, str]) -> int:
    """Make, list or revoke the feed tokens of a timeline."""
    actions = {"create": _create_token, "list": _list_tokens, "revoke": _revoke_token}
    return _run(actions[options.action], options, environ)


def credential_lines(kept: Sequence[Credential], now: float) -> Iterator[str]:
    """A table of keys or tokens, each in one line, without anything that opens."""
    head = ("ID", "BEGINS", "NAME", "MAY", "TIMELINE", "MADE", "LAST USED", "STATE")
    rows = [head, *(_cells(each, now) for each in kept)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _run(
    act: Callable[[Store, Namespace], int], options: Namespace, environ: Mapping[str, str]
) -> int:
    settings = Settings.from_env(environ)
    if not settings.database_url:
        migrated(settings)  # the file of this machine, as `timelines up` makes it
    with _opened(settings) as store:
        return act(store, options)


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    store = SqlStore(settings.sql_url)
    try:
        store.ping()
        yield store
    finally:
        store.close()


def _create_key(store: Store, options: Namespace) -> int:
    scopes = [each.strip() for each in options.scopes.split(",") if each.strip()]
    wrong = [each for each in scopes if each not in SCOPES]
    if wrong or not scopes:
        said = f"scope '{wrong[0]}' is unknown" if wrong else "a key needs a scope"
        raise SetupError(f"{said}: use some of {', '.join(SCOPES)}, by comma")
    if options.timeline is not None:
        _refuse_name(options.timeline)
    secret, new = mint_key(
        _named(options.name), scopes, timeline=options.timeline, expires_at=_end(options.days)
    )
    store.add_key(new)
    where = f"timeline {new.timeline}" if new.timeline else "all timelines"
    _hand_over(secret, f"{new.id} may {', '.join(sorted(new.scopes))} in {where}")
    return 0


def _list_keys(store: Store, _options: Namespace) -> int:
    return _show(store.list_keys(), "no keys: make one with `timelines keys create`")


def _revoke_key(store: Store, options: Namespace) -> int:
    if not store.revoke_key(options.id):
        raise NotFoundError(f"no living key '{options.id}': see `timelines keys list`")
    print(f"{options.id} is revoked; running services stop taking it within five seconds")
    return 0


def _create_token(store: Store, options: Namespace) -> int:
    _refuse_name(options.timeline)
    secret, new = mint_token(_named(options.name), options.timeline, expires_at=_end(options.days))
    if store.add_token(new) is None:
        raise NotFoundError(
            f"no timeline '{options.timeline}': it exists from its first article or PUT"
        )
    _hand_over(secret, f"{new.id} reads the timeline {options.timeline}, by ?token=")
    return 0


def _list_tokens(store: Store, options: Namespace) -> int:
    kept: list[Credential] = []
    after: tuple[float, str] | None = None
    while page := store.list_tokens(options.timeline, limit=PAGE, after=after):
        kept += page
        after = (page[-1].created_at, page[-1].id)
    return _show(
        kept, f"no tokens of '{options.timeline}': make one with `timelines tokens create`"
    )


def _revoke_token(store: Store, options: Namespace) -> int:
    if not store.revoke_token(options.timeline, options.id):
        raise NotFoundError(f"no living token '{options.id}' of '{options.timeline}'")
    print(f"{options.id} is revoked; running services stop taking it within five seconds")
    return 0


def _hand_over(secret: str, says: str) -> None:
    """The secret alone on standard output, so that a script can take it; the rest beside it."""
    print(f"{says}; {ONCE}", file=sys.stderr, flush=True)
    print(secret)


def _show(kept: Sequence[Credential], nothing: str) -> int:
    for line in credential_lines(kept, time.time()) if kept else (nothing,):
        print(line)
    return 0


def _cells(kept: Credential, now: float) -> tuple[str, ...]:
    return (
        kept.id,
        f"{kept.shown}...",
        kept.name,
        ",".join(sorted(kept.scopes)),
        kept.timeline or "all",
        _day(kept.created_at),
        _day(kept.last_used_at) if kept.last_used_at else "never",
        _state(kept, now),
    )


def _state(kept: Credential, now: float) -> str:
    if kept.revoked_at is not None:
        return f"revoked {_day(kept.revoked_at)}"
    if kept.expires_at is None:
        return "live"
    return f"{'until' if kept.is_live(now) else 'ended'} {_day(kept.expires_at)}"


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _named(name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise SetupError(f"--name must have 1 to {LONGEST_NAME} printable characters")
    return name.strip()


def _end(days: int | None) -> float | None:
    if days is None:
        return None
    if not 1 <= days <= MOST_DAYS:
        raise SetupError(f"--days is {days}: use a whole number from 1 to {MOST_DAYS}")
    return time.time() + days * DAY_SECONDS


def _refuse_name(timeline: str) -> None:
    if not is_timeline_name(timeline):
        raise SetupError(f"'{timeline}' is no name of a timeline: use a-z, 0-9, '.', '_' and '-'")
