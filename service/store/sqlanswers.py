"""What the record promises to requests, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.store import repeats
from service.store.answers import Asked, Begun, KeptAnswer
from service.store.engine import Database


class SqlAnswers:
    """`answers.Answering` on SQLite or PostgreSQL; each method is one transaction."""

    _database: Database

    def read_statuses(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The status of each of these articles that is there."""
        with self._database.reading() as connection:
            return repeats.read_statuses(connection, ids)

    def begin_request(self, asked: Asked, *, lease: float) -> Begun:
        """Take the key of a request, or say what there is under it."""
        with self._database.writing() as connection:
            return repeats.begin(connection, asked, lease=lease)

    def keep_answer(self, asked: Asked, token: str, answer: KeptAnswer, *, seconds: float) -> None:
        """Keep what was answered."""
        with self._database.writing() as connection:
            repeats.keep(connection, asked, token, answer, seconds=seconds)

    def drop_request(self, asked: Asked, token: str) -> None:
        """Give the key back."""
        with self._database.writing() as connection:
            repeats.drop(connection, asked, token)
