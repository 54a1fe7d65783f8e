"""Made-up requests to every operation of the OpenAPI, with every check that schemathesis has.

    python benchmarks/fuzzing.py [--requests 10000] [--examples 300] [--seed 1]

Valid requests must be taken, broken ones refused, every answer must be as described, what was
deleted must be gone, methods that are not described must be refused with Allow. Prints how many
requests each operation got, by status, and every finding; exits with 1 when there is one.
`tests/contract/test_api_fuzzing.py` does some of the same.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import schemathesis
from running import service
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

LEAST_REQUESTS = 10_000
NO_MATTER_OF_A_SCHEMA = (
    "is none of this list",  # a cursor
    "does not go with `top`",
    "is no parameter of",  # of pages only, with `format`
    "cannot change",  # the external_id of an article
    "came with another request",  # an Idempotency-Key
    "is no IANA time zone",
    "is no language",
    "is no date",
    "is empty",  # blanks only
    "has an empty value",
    "holds no word",
    "that can be read",  # in a form of others
    "is no article of schema.org",
    "is no day, month or year",
    "is missing",  # what a form of others may say in several ways
    "is no address on the web",
    "is no name of a host",  # of a webhook
    "cannot be read as a name",
    "leave out",
    "begins with https://",
    "is not public",
    "this machine itself",
    "is no address: ",
    "is not allowed: use one of",
    "ends before `from`",
    "is ahead of the timeline",
)
"""What a request may be refused for although it fits a JSON schema, which looks at one value at a
time and knows no zones, calendars, words and networks."""
SETTINGS = {"keys": "on", "reads_per_minute": "0", "writes_per_minute": "0"}
"""Keys are needed, and no client is slowed down."""
ARTICLE = {
    "text": "The old swing bridge was closed on Tuesday after a crack was found, the port said.",
    "published_at": "2026-01-29T18:30:00+01:00",
    "external_id": "courier-1841",
    "publisher": "Harbour Courier",
}


@dataclass
class Run:
    """What was asked and found: answers by operation and status, findings with how to repeat."""

    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    findings: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(sum(each.values()) for each in self.answers.values())


def config(examples: int, seed: int, key: str) -> SchemathesisConfig:
    """Every check; `examples` made-up requests an operation beside those at the edges.

    `key` may do everything; requests without it must be refused where one is needed.
    """
    refused = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "414", "415"]
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "continue-on-failure": True,
            "auth": {"openapi": {"key": {"bearer": key}}},
            "suppress-health-check": ["all"],
            "generation": {
                "max-examples": examples,
                "no-shrink": True,
                "database": "none",
                "allow-x00": False,  # NUL is refused everywhere, which no schema says
            },
            "checks": {
                # Too long is refused as too long, and a version that is not there as such.
                "negative_data_rejection": {
                    "expected-statuses": [*refused, "422", "428", "429", "431"]
                },
                "missing_required_header": {"expected-statuses": ["400", "401", "428"]},
                "positive_data_acceptance": {
                    "expected-statuses": [
                        "2xx",
                        "3xx",
                        "401",
                        "403",
                        "404",
                        "409",
                        "410",
                        "412",
                        "429",
                    ]
                },
            },
        }
    )


def fuzz(schema: schemathesis.BaseSchema) -> Run:
    """Ask everything that `schema` describes."""
    schema.hook("filter_failure")(is_finding)
    schema.hook("map_query")(impatient)
    schema = schema.exclude(operation_id="get_stream")  # it has no end
    run = Run()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(run, event.recorder)
        elif isinstance(event, events.NonFatalError):
            run.findings[event.label, type(event.value).__name__] = str(event.value)
    return run


def impatient(_context: object, query: dict[str, object] | None) -> dict[str, object] | None:
    """The same query, waiting a second at most."""
    wait = (query or {}).get("wait")
    return {**query, "wait": 1} if query and str(wait).isdigit() and 1 < int(wait) <= 60 else query


def is_finding(_context: object, failure: object, case: object, response: object) -> bool:
    """Whether a failure is one: no refusal for what no schema can say, no bad one among many.

    Of many articles each is refused alone, so such a request is always taken. The address of an
    export fits the address of a timeline, too, whose methods are allowed there and then refused.
    A retracted article can still be read, with its versions; that an erased one cannot is held by
    the contract tests.
    """
    kind = type(failure).__name__
    if kind == "UseAfterFree":
        return not case.operation.path.startswith("/v1/articles/{article_id}")
    if kind == "AllowHeaderMismatch":
        return not case.operation.path.startswith("/v1/timelines/{timeline}.")
    try:
        document = json.loads(response.content)
    except ValueError:
        return True
    if kind == "AcceptedNegativeData":
        return "results" not in document
    errors = document.get("errors", ()) if kind == "RejectedPositiveData" else ()
    return not errors or not all(map(_is_no_matter_of_a_schema, errors))


def _is_no_matter_of_a_schema(error: Mapping[str, str]) -> bool:
    return any(reason in error["detail"] for reason in NO_MATTER_OF_A_SCHEMA)


def _note(run: Run, recorder: object) -> None:
    for identity, interaction in recorder.interactions.items():
        case = recorder.cases[identity].value
        status = interaction.response.status_code if interaction.response else 0
        run.answers[case.operation.label][status] += 1
    for identity, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                case = recorder.cases[identity].value
                failure = check.failure_info.failure
                text = f"{failure.title}: {failure.message}\n    {case.as_curl_command()}"
                run.findings.setdefault((case.operation.label, check.name), text)


@schemathesis.serializer("application/x-ndjson")
def lines_of(_context: object, value: object) -> bytes:
    """A body of lines as it was made up, or of one document a line."""
    if isinstance(value, bytes):
        return value
    documents = value if isinstance(value, list) else [value]
    texts = (each if isinstance(each, str) else json.dumps(each) for each in documents)
    return "\n".join(texts).encode("utf-8", "replace")


def lines(run: Run) -> Iterator[str]:
    """What is printed of a run."""
    for label in sorted(run.answers):
        found = run.answers[label]
        statuses = "  ".join(f"{status}: {count}" for status, count in sorted(found.items()))
        yield f"{label:<58} {sum(found.values()):>6}   {statuses}"
    yield f"{run.requests} requests, {len(run.findings)} findings"
    for (label, check), text in sorted(run.findings.items()):
        yield f"{label}, {check}: {text}"


def main(words: Iterable[str]) -> int:
    """Run against a service of its own; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=LEAST_REQUESTS)
    parser.add_argument("--examples", type=int, default=300, help="an operation and phase")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(list(words))
    key = secrets.token_urlsafe(32)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(key)
        file.flush()
        with service(admin_key_file=file.name, **SETTINGS) as address:
            _post(address, key)
            chosen = config(options.examples, options.seed, key)
            run = fuzz(schemathesis.openapi.from_url(f"{address}/openapi.yaml", config=chosen))
    print("\n".join(lines(run)))
    if run.requests < options.requests:
        print(f"fewer than {options.requests} requests: use more --examples")
    return int(bool(run.findings) or run.requests < options.requests)


def _post(address: str, key: str) -> None:
    request = urllib.request.Request(
        f"{address}/v1/timelines/harbour/articles",
        data=json.dumps(ARTICLE).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    urllib.request.urlopen(request, timeout=10).close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
