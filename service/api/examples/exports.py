"""The small story of the other examples in every format, written by the renderers themselves."""

from __future__ import annotations

from service.api.examples import story
from service.api.wire.addresses import timeline_address
from service.documents.exports.exported import Export
from service.documents.exports.formats import FORMATS, Format
from service.documents.exports.told import read_event
from service.documents.jsontext import Json, loads
from service.store.base import StoredTimeline

SITE = "https://timelines.example"
NAME = "harbour"
CHANGED = 1_769_707_862.32
"""2026-01-29T17:31:02Z, as in the other examples."""


def story_export(form: str) -> Export:
    """The story, as it is exported to the format of that name."""
    summary = StoredTimeline(
        name=NAME,
        title=None,
        description=None,
        timezone=None,
        public=True,
        revision=1,
        state=3,
        updated_at=CHANGED,
        articles={},
        events={},
        first_day=None,
        last_day=None,
    )
    return Export(
        timeline=summary,
        events=(read_event(story.EVENT, revision=1, changed_at=CHANGED),),
        site=SITE,
        here=f"{timeline_address(NAME)}.{form}",
    )


def example(form: Format) -> Json:
    """What `form` makes of the story: text, or the value of its JSON."""
    text = form.render(story_export(form.name))
    return loads(text) if form.is_json else text


EXAMPLES = {name: example(form) for name, form in FORMATS.items()}
"""By the name of the format."""
