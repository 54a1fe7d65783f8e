"""The words of the command line: every command with its options, its help and an example."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from importlib.metadata import version

from service.cli.keywords import describe_keys, describe_tokens

ABOUT = """\
Event Timelines takes news articles, works out when each thing happened relative to
each article's publication, joins what several outlets tell about the same event, and
serves one timeline in which every date is explained and every event is sourced.
"""

FIRST_STEPS = """\
first steps:
  timelines up                     start everything here, with sample articles
  timelines post news.txt --timeline mine --published-at 2026-01-27
  timelines show mine              read the merged timeline
  timelines export mine -o mine.ics
                                   the same as a calendar, and in six other formats
  timelines listen mine            print its changes as they happen
  timelines explain "It began late last month." --at 2026-01-27
  timelines doctor                 what is missing on this machine, and how to get it

`timelines COMMAND --help` shows the options of a command and an example.

settings are environment variables, the same for every command (docs/operations.md):
  TIMELINES_PORT (8000)  TIMELINES_HOST (127.0.0.1)  TIMELINES_DATA_DIR (data)
  TIMELINES_DATABASE_URL (a SQLite file in the data folder)
  TIMELINES_REDIS_URL (an embedded one)  TIMELINES_WORKERS (1)
"""


class _Commands(RawDescriptionHelpFormatter):
    """Help in which every command and what it does stand in one line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        # argparse forgets that commands are indented, and breaks the line behind the longest one.
        self._action_max_length = max(len(name) for name, _, _ in COMMANDS) + 4


def build_parser() -> ArgumentParser:
    """The parser of the whole command line; `command` is empty when none was given."""
    parser = ArgumentParser(
        prog="timelines",
        description=ABOUT,
        epilog=FIRST_STEPS,
        formatter_class=_Commands,
    )
    parser.add_argument("--version", action="version", version=version("event-timelines"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, summary, describe in COMMANDS:
        child = commands.add_parser(name, help=summary, formatter_class=RawDescriptionHelpFormatter)
        describe(child)
    return parser


def _up(parser: ArgumentParser) -> None:
    parser.description = (
        "Start the whole service on this machine and keep it running until Ctrl-C:\n"
        "an embedded Redis (unless TIMELINES_REDIS_URL names one), the database, the API and\n"
        "the workers. A part that dies is started again; logs are in the data folder.\n"
        "When there is no timeline yet, sample articles are loaded first."
    )
    parser.epilog = (
        "examples:\n"
        "  timelines up\n"
        "  TIMELINES_PORT=8001 TIMELINES_DATA_DIR=/tmp/second timelines up --no-seeds"
    )
    parser.add_argument("--no-seeds", action="store_true", help="load no sample articles")
    parser.add_argument(
        "--demo", action="store_true", help="print the timelines, stop everything and exit"
    )


def _web(parser: ArgumentParser) -> None:
    parser.description = (
        "Serve the HTTP API alone: no Redis, no workers, no migration. For deployments where\n"
        "each part runs by itself; set TIMELINES_DATABASE_URL and TIMELINES_REDIS_URL."
    )
    parser.epilog = (
        "example:\n  TIMELINES_DATABASE_URL=postgresql://... TIMELINES_REDIS_URL=redis://... \\\n"
        "    timelines web"
    )


def _worker(parser: ArgumentParser) -> None:
    parser.description = (
        "Read articles alone: TIMELINES_WORKERS processes over the same database and Redis as\n"
        "the API. Any number of these may run, on any number of machines."
    )
    parser.epilog = "example:\n  TIMELINES_WORKERS=4 timelines worker"


def _migrate(parser: ArgumentParser) -> None:
    parser.description = (
        "Build the tables or bring them to the version that this code needs.\n"
        "Harmless when they are there already; `timelines up` does it by itself."
    )
    parser.epilog = "example:\n  TIMELINES_DATABASE_URL=postgresql://... timelines migrate"


def _post(parser: ArgumentParser) -> None:
    parser.description = (
        "Post articles from files to a timeline, which exists from its first article.\n\n"
        '  .json           one article, an array of them, or {"articles": [...]}\n'
        "  .ndjson .jsonl  one article a line\n"
        "  .txt .md        the text of one article; --published-at is needed\n"
        "  .html .htm      one saved page, read by the service: text, date, title, outlet\n"
        "                  (options decide)\n"
        "  -               standard input, in any of these forms\n\n"
        "One line of result is printed an article; the exit status is 1 when any was refused.\n"
        "Options complete JSON articles that lack the field, and decide for texts and pages."
    )
    parser.epilog = (
        "examples:\n"
        "  timelines post story.txt --timeline mine --published-at 2026-01-27T10:00:00-05:00\n"
        "  timelines post *.json --timeline mine --wait\n"
        "  crawler | timelines post - --timeline mine"
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="article file, or - for stdin")
    parser.add_argument("--timeline", required=True, metavar="NAME", help="where they belong")
    _server(parser)
    _when(parser, "--published-at", required=False)
    for name, meaning in (
        ("title", "headline of the article"),
        ("publisher", "who published it"),
        ("url", "where it was published"),
        ("external-id", "your own id of the article (one file only)"),
    ):
        parser.add_argument(f"--{name}", metavar="TEXT", help=meaning)
    _reading(parser)
    parser.add_argument(
        "--wait", action="store_true", help="wait until each article was read by a worker"
    )


def _show(parser: ArgumentParser) -> None:
    parser.description = (
        "Print a timeline: what happened by year and month, each date with its uncertainty,\n"
        "each event with the sources that tell it, and where they differ."
    )
    parser.epilog = (
        "example:\n  timelines show mine --from 2025-12-01 --to 2026-01-31\n"
        "colours only on a terminal; NO_COLOR=1 switches them off."
    )
    parser.add_argument("timeline", metavar="TIMELINE", help="name of the timeline")
    _server(parser)
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day, 2025-12-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day, included")
    parser.add_argument("--width", type=int, metavar="COLUMNS", help="instead of the terminal's")


def _export(parser: ArgumentParser) -> None:
    parser.description = (
        "Write a timeline in the format of another tool:\n\n"
        "  ics              calendar (iCalendar)\n"
        "  atom feed.json   feeds (Atom, JSON Feed)\n"
        "  csv              table for spreadsheets\n"
        "  timelinejs.json  TimelineJS\n"
        "  jsonld           events of schema.org\n"
        "  md               text (Markdown)\n\n"
        "docs/exports.md says what each of them leaves out."
    )
    parser.epilog = (
        "examples:\n"
        "  timelines export mine -o mine.ics\n"
        "  timelines export mine --format csv --filter kind=happening --from 2026-01 > mine.csv"
    )
    parser.add_argument("timeline", metavar="TIMELINE", help="name of the timeline")
    parser.add_argument("--format", metavar="FORMAT", help="one of those above")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="written instead of standard output; names the format",
    )
    _server(parser)
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day, 2025-12-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day, included")
    parser.add_argument("--search", metavar="WORDS", help="words that all must be in an event")
    _filters(parser)
    parser.add_argument(
        "--coarse",
        action="store_true",
        help="ics: also what is known less finely than by the month",
    )
    parser.add_argument("--bom", action="store_true", help="csv: begin with the mark of UTF-8")


def _listen(parser: ArgumentParser) -> None:
    parser.description = (
        "Print each change of a timeline as it happens, one a line, until Ctrl-C: when it was\n"
        "made, its revision, what became of the event (new, changed, merged, split, gone; left:\n"
        "it fits the filters no longer), its date and its headline.\n\n"
        "A connection that breaks is made again, and goes on behind the last change printed:\n"
        "none is missing, none comes twice. Where the service does not keep what came before,\n"
        "a line says reset; read the timeline anew then."
    )
    parser.epilog = (
        "examples:\n"
        "  timelines listen mine\n"
        "  timelines listen mine --since 0 --filter kind=happening --json | jq .event.headline"
    )
    parser.add_argument("timeline", metavar="TIMELINE", help="name of the timeline")
    _server(parser)
    parser.add_argument(
        "--since",
        type=int,
        metavar="REVISION",
        help="print what came after it first (0: all that is kept); without it, what comes now",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help='one change document of the API a line; a reset is {"type": "reset", ...}',
    )
    _filters(parser)


def _explain(parser: ArgumentParser) -> None:
    parser.description = (
        "Show what each expression of time in a text means when the text is published on a\n"
        "given day: where it stands, its interval, its TIMEX3 and EDTF values, how sure the\n"
        "reading is, the other readings, and the steps that led there. Needs no service."
    )
    parser.epilog = (
        'example:\n  timelines explain "The strike began late last month." --at 2026-01-27'
    )
    parser.add_argument("text", metavar="TEXT", help="the text, or - for stdin")
    _when(parser, "--at", required=True)
    _reading(parser)


def _reprocess(parser: ArgumentParser) -> None:
    parser.description = (
        "Have every article that was read (of one timeline, or of all) read again by the\n"
        "present engine: after an upgrade, or after a timeline was given another timezone.\n"
        "Timelines are served as they are until each new reading is there; a reading that says\n"
        "the same changes nothing. New articles go first. Articles that failed are tried again.\n\n"
        "It works on the database (TIMELINES_DATABASE_URL, TIMELINES_DATA_DIR), and workers must\n"
        "run. It looks on until all is done; Ctrl-C ends that alone. Doing it twice is harmless."
    )
    parser.epilog = (
        "examples:\n  timelines reprocess\n  timelines reprocess mine --failed --no-wait"
    )
    parser.add_argument("timeline", nargs="?", metavar="TIMELINE", help="instead of all")
    parser.add_argument("--failed", action="store_true", help="only articles that failed")
    parser.add_argument("--no-wait", action="store_true", help="do not look on")


def _doctor(parser: ArgumentParser) -> None:
    parser.description = (
        "Check what the service needs here: Python, packages, SQLite, Redis, PostgreSQL's\n"
        "driver, the data folder, disk and port. The exit status is 1 when something needed is\n"
        "missing; a note is something that it works without."
    )
    parser.epilog = "example:\n  TIMELINES_PORT=8001 timelines doctor"


def _openapi(parser: ArgumentParser) -> None:
    parser.description = "Print the OpenAPI 3.1 description of the HTTP API, or write it to FILE."
    parser.epilog = "example:\n  timelines openapi openapi.yaml"
    parser.add_argument("file", nargs="?", metavar="FILE", help="written instead of printed")


def _server(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--server", metavar="URL", help="address of the service (from TIMELINES_HOST and _PORT)"
    )


def _filters(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a filter of the API, such as kind=happening or min_sources=2; may come again",
    )


def _when(parser: ArgumentParser, option: str, *, required: bool) -> None:
    parser.add_argument(
        option,
        required=required,
        metavar="DATE",
        help="publication: 2026-01-27T10:00:00-05:00, or a bare day 2026-01-27",
    )


def _reading(parser: ArgumentParser) -> None:
    parser.add_argument("--language", metavar="CODE", help="language of the text, such as en")
    parser.add_argument(
        "--timezone", metavar="ZONE", help="whose day it was, such as America/New_York"
    )


COMMANDS: tuple[tuple[str, str, Callable[[ArgumentParser], None]], ...] = (
    ("up", "start the whole service here, until Ctrl-C", _up),
    ("post", "post articles from files", _post),
    ("show", "print a timeline", _show),
    ("export", "write a timeline as calendar, feed, table, page ...", _export),
    ("listen", "print the changes of a timeline as they happen", _listen),
    ("explain", "show how the dates in a text are read", _explain),
    ("reprocess", "have articles read again by the present engine", _reprocess),
    ("doctor", "check what is missing, and how to get it", _doctor),
    ("keys", "make, list and revoke keys of the API", describe_keys),
    ("tokens", "make, list and revoke feed tokens of a timeline", describe_tokens),
    ("openapi", "print the description of the HTTP API", _openapi),
    ("web", "serve the API alone", _web),
    ("worker", "read articles alone", _worker),
    ("migrate", "bring the database up to date", _migrate),
)
