"""A newsroom: articles, corrections and retractions, posted to an API that comes and goes."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import islice, product

from tests.servers.house import PUBLISHED, TIMELINE
from tests.servers.web import Address

TOWNS = [f"Town{first}{second}" for first, second in product("abcdefgh", "ijklm")]
SENTENCES = ("flooded roads houses bridge", "flooded houses bridge fields", "market burned stalls")
PUBLISHERS = ("Courier", "Herald", "Courier", "Mirror")
PATIENCE = 40
"""Seconds after which an API does not come back any more."""


@dataclass
class Newsroom:
    """Posts to the timeline `drill`; each fourth article is corrected, each fifth retracted."""

    api: Address
    pace: float = 0.03
    posted: dict[str, str] = field(default_factory=dict)
    """The id of each article by its external_id."""
    failures: list[BaseException] = field(default_factory=list)

    def tell(self, count: int, begin: int = 0) -> None:
        """Post so many articles, and correct and retract some of them a little later."""
        told = islice(product(TOWNS, SENTENCES, range(2)), begin, begin + count)
        for number, (town, sentence, paper) in enumerate(told, start=begin):
            self.post(str(number), f"{town} {sentence} said paper{paper}", number)
            if number % 4 == 3:
                self.correct(str(number - 2), f"{town} {SENTENCES[number % 3]} as corrected")
            if number % 5 == 4:
                self.retract(str(number - 3))
            time.sleep(self.pace)

    def post(self, name: str, text: str, number: int = 0) -> None:
        path = f"/v1/timelines/{TIMELINE}/articles"
        self.posted[name] = self._ask("POST", path, said(name, text, number))["id"]

    def correct(self, name: str, text: str) -> None:
        self._ask("PUT", f"/v1/articles/{self.posted[name]}", said(name, text, int(name)))

    def retract(self, name: str) -> None:
        self._ask("DELETE", f"/v1/articles/{self.posted[name]}")

    @contextmanager
    def telling(self, count: int, begin: int = 0) -> Iterator[threading.Thread]:
        """The same, meanwhile; all of it was told after."""

        def tell() -> None:
            try:
                self.tell(count, begin)
            except BaseException as error:  # noqa: BLE001  # told by the thread that waits
                self.failures.append(error)

        thread = threading.Thread(target=tell, daemon=True)
        thread.start()
        yield thread
        thread.join()
        assert not self.failures, self.failures

    def _ask(self, method: str, path: str, document: object = None):
        """The answer, asked for again while nobody gives one: each of these may be asked twice."""
        body = None if document is None else json.dumps(document)
        headers = {"Content_Type": "application/json", "If_Match": "*"}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, answer = self.api.ask(method, path, body, **headers)
            except (OSError, HTTPException):
                time.sleep(0.1)
                continue
            if status < 500:
                assert status < 400, (method, path, status, answer)
                return answer
            time.sleep(0.1)
        raise AssertionError(f"no answer within {PATIENCE} s: {method} {path}")


def said(name: str, text: str, number: int) -> dict[str, str]:
    """An article as it is posted; its publisher goes by its number."""
    publisher = PUBLISHERS[number % len(PUBLISHERS)]
    when = {"published_at": PUBLISHED}
    return {"external_id": name, "text": text, "publisher": publisher, **when}
