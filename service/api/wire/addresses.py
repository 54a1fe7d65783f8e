"""The addresses of things, as references that hold behind any proxy, and the links made of them."""

from __future__ import annotations

from service.documents import links
from service.documents.jsontext import JsonObject

timeline_address = links.timeline_address
event_address = links.event_address
history_address = links.history_address
event_links = links.event_links


def articles_address(timeline: str) -> str:
    """Where a timeline's articles are listed and posted."""
    return f"/v1/timelines/{timeline}/articles"


def article_address(article_id: str) -> str:
    """Where an article is read."""
    return f"/v1/articles/{article_id}"


def versions_address(article_id: str) -> str:
    """Where the versions of an article are listed."""
    return f"{article_address(article_id)}/versions"


def tokens_address(timeline: str) -> str:
    """Where a timeline's feed tokens are made and listed."""
    return f"{timeline_address(timeline)}/tokens"


def token_links(token_id: str, timeline: str) -> JsonObject:
    """The links of a feed token."""
    tokens = tokens_address(timeline)
    return {
        "self": f"{tokens}/{token_id}",
        "tokens": tokens,
        "timeline": timeline_address(timeline),
    }


def subscriptions_address(timeline: str) -> str:
    """Where a timeline's subscriptions are made and listed."""
    return f"{timeline_address(timeline)}/subscriptions"


def subscription_address(timeline: str, subscription_id: str) -> str:
    """Where a subscription is read and changed."""
    return f"{subscriptions_address(timeline)}/{subscription_id}"


def subscription_links(timeline: str, subscription_id: str) -> JsonObject:
    """The links of a subscription."""
    here = subscription_address(timeline, subscription_id)
    return {
        "self": here,
        "deliveries": f"{here}/deliveries",
        "subscriptions": subscriptions_address(timeline),
        "timeline": timeline_address(timeline),
    }


def delivery_address(delivery_id: str) -> str:
    """Where a delivery is read."""
    return f"/v1/deliveries/{delivery_id}"


def delivery_links(delivery_id: str, timeline: str, subscription_id: str) -> JsonObject:
    """The links of a delivery."""
    return {
        "self": delivery_address(delivery_id),
        "redeliver": f"{delivery_address(delivery_id)}/redeliver",
        "subscription": subscription_address(timeline, subscription_id),
        "timeline": timeline_address(timeline),
    }


def article_links(article_id: str, timeline: str) -> JsonObject:
    """The links of an article."""
    return {
        "self": article_address(article_id),
        "versions": versions_address(article_id),
        "timeline": timeline_address(timeline),
    }


def version_links(article_id: str, version: int) -> JsonObject:
    """The links of one version of an article."""
    return {
        "self": f"{versions_address(article_id)}/{version}",
        "versions": versions_address(article_id),
        "article": article_address(article_id),
    }


def timeline_links(timeline: str) -> JsonObject:
    """The links of a timeline."""
    return {
        "self": timeline_address(timeline),
        "articles": articles_address(timeline),
        "changes": changes_address(timeline),
        "stream": stream_address(timeline),
    }


def changes_address(timeline: str) -> str:
    """Where the changes of a timeline are read."""
    return f"{timeline_address(timeline)}/changes"


def stream_address(timeline: str) -> str:
    """Where the changes of a timeline are listened to."""
    return f"{timeline_address(timeline)}/stream"


def reset_links(timeline: str) -> JsonObject:
    """The links of whoever cannot be told all: where to begin again, and to go on."""
    return {"timeline": timeline_address(timeline), "changes": changes_address(timeline)}


def changes_links(timeline: str) -> JsonObject:
    """The links of the changes of a timeline."""
    return {"self": changes_address(timeline), "timeline": timeline_address(timeline)}


def history_links(event_id: str, timeline: str) -> JsonObject:
    """The links of an event's history."""
    return {"self": history_address(timeline, event_id), "event": event_address(timeline, event_id)}
