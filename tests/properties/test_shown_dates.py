"""Every shown date lies inside the hull of its members' own bounds, also where others narrow it."""

from __future__ import annotations

from hypothesis import given, settings

from tests.making import World
from tests.properties.tellings import ways


def hull(mentions):
    """The days from the least to the greatest that any member allows; None is open."""
    first = [each.date.earliest for each in mentions]
    last = [each.date.latest for each in mentions]
    return None if None in first else min(first), None if None in last else max(last)


@given(ways())
@settings(max_examples=150, deadline=None)
def test_no_event_is_shown_where_none_of_its_members_can_be(case):
    _, way = case
    world = World()
    for about, mentions in way:
        for event in world.tell(about, mentions).events:
            first, last = hull(event.mentions)
            date = event.date
            for day in (date.start, date.start_latest, date.end):
                assert day is None or first is None or first <= day, event
                assert day is None or last is None or day <= last, event
            assert date.start is None or date.end is None or date.start <= date.end
