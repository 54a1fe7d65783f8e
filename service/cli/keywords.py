"""The words of `timelines keys` and `timelines tokens`: their options, help and examples."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter


def describe_keys(parser: ArgumentParser) -> None:
    """Say what `timelines keys` takes."""
    parser.description = (
        "Keys open the API where it is bound beyond loopback (or TIMELINES_KEYS=on). They are\n"
        "kept in the record as digests, so these commands need the record and no running\n"
        "service. A key is shown once, when it is made; a revoked one stops in five seconds.\n\n"
        "  read       private timelines, and /v1/resolve\n"
        "  write      posting, correcting and retracting articles\n"
        "  subscribe  webhooks\n"
        "  admin      all of these, timelines themselves, feed tokens, erasing"
    )
    parser.epilog = (
        "examples:\n"
        "  timelines keys create --name me --scopes admin\n"
        "  timelines keys create --name crawler --scopes write --timeline iran --days 90\n"
        "  timelines keys list\n"
        "  timelines keys revoke key_0123456789abcdef0123"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = _action(actions, "create", "make a key and print it, once")
    _name(create)
    create.add_argument(
        "--scopes", required=True, metavar="LIST", help="of read, write, subscribe, admin, by comma"
    )
    create.add_argument("--timeline", metavar="NAME", help="the only timeline that it is for")
    _days(create)
    _action(actions, "list", "show what there is of each key, never the key")
    revoke = _action(actions, "revoke", "end a key")
    revoke.add_argument("id", metavar="KEY_ID", help="its id, as `list` shows it")


def describe_tokens(parser: ArgumentParser) -> None:
    """Say what `timelines tokens` takes."""
    parser.description = (
        "Feed tokens read one private timeline, for calendars, feed readers and other clients\n"
        "that can carry nothing but an address: .../v1/timelines/NAME?token=... They are kept\n"
        "as digests and shown once; a revoked one stops in five seconds."
    )
    parser.epilog = (
        "examples:\n"
        "  timelines tokens create --timeline iran --name 'calendar of the desk'\n"
        "  timelines tokens list --timeline iran\n"
        "  timelines tokens revoke tok_0123456789abcdef0123 --timeline iran"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = _action(actions, "create", "make a token and print it, once")
    _name(create)
    _days(create)
    listing = _action(actions, "list", "show what there is of each token, never the token")
    revoke = _action(actions, "revoke", "end a token")
    revoke.add_argument("id", metavar="TOKEN_ID", help="its id, as `list` shows it")
    for each in (create, listing, revoke):
        each.add_argument("--timeline", required=True, metavar="NAME", help="the timeline")


def _action(actions: object, name: str, says: str) -> ArgumentParser:
    add = actions.add_parser  # type: ignore[attr-defined]  # argparse keeps the class to itself
    made: ArgumentParser = add(
        name,
        help=says,
        description=says[0].upper() + says[1:] + ".",
        formatter_class=RawDescriptionHelpFormatter,
    )
    return made


def _name(parser: ArgumentParser) -> None:
    parser.add_argument("--name", required=True, metavar="TEXT", help="who or what it is for")


def _days(parser: ArgumentParser) -> None:
    parser.add_argument("--days", type=int, metavar="N", help="it ends after N days; else never")
