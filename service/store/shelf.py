"""Timelines as things, in the record's words: what one says of itself, and how one goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineTraits:
    """What a timeline says of itself; None where it says nothing."""

    title: str | None = None
    description: str | None = None
    timezone: str | None = None
    """IANA zone of its outlets; articles that name none of their own take it when read."""
    public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Which private timelines someone may read: `all_private`, or the one that is named."""

    all_private: bool = False
    own: str | None = None


EVERYTHING = Reader(all_private=True)


class Home(NamedTuple):
    """Where an article is at home."""

    timeline: str
    public: bool


class TimelineShelf(Protocol):
    """Making, naming and removing timelines."""

    def put_timeline(self, timeline: str, traits: TimelineTraits) -> bool:
        """Make the timeline or give it exactly these traits; whether it was made by this.

        Raises TimelineClosingError while one of that name is being removed.
        """

    def close_timeline(self, timeline: str) -> int | None:
        """End a timeline for everyone, by one short write; its last revision, None without one.

        That revision is one more than any that was read: one made again under the name goes on
        from there, so that no revision comes twice. A second call finds it closing and is no
        error.
        """

    def clear_timeline(self, timeline: str) -> bool:
        """Remove one bounded piece of a closing timeline; whether nothing is left of it."""

    def find_closing(self) -> str | None:
        """The name of a timeline that is closing, by one index look-up, or None."""

    def find_home(self, article_id: str) -> Home | None:
        """The timeline of an article, by one key look-up; None when either is not there."""
