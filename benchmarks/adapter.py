"""What outside scorers call: our readings in the habits of TimeML, and our timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from timeml import tag

if TYPE_CHECKING:
    from service.documents.jsontext import Json

__all__ = ["tag", "timeline"]


def timeline(articles: Sequence[Mapping[str, str]]) -> list[dict[str, Json]]:
    """The merged timeline of articles {id, title, text, published_at}, through record and pipeline.

    Events are {date_start, date_end, text, kind, sources: [{article_id, quote}]}, open sides null.
    """
    import merged  # the pipeline takes seconds to import, and a tagger of dates needs none of it

    return merged.merge(articles)
