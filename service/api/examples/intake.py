"""The same article in every form in which it can be posted, as OpenAPI shows them."""

from __future__ import annotations

from service.documents.jsontext import JsonObject

TEXT = "The old swing bridge was closed on Tuesday after a crack was found, the port said."
HEADLINE = "Swing bridge closed"
ADDRESS = "https://courier.example/2026/swing-bridge"
PUBLISHED = "2026-01-29T18:30:00+01:00"

NEWS_ARTICLE: JsonObject = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "@id": f"{ADDRESS}#article",
    "headline": HEADLINE,
    "articleBody": TEXT,
    "datePublished": PUBLISHED,
    "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
    "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Courier"},
    "author": [{"@type": "Person", "name": "Ada Berg"}],
    "inLanguage": "en",
    "image": {"@type": "ImageObject", "url": "https://courier.example/bridge.jpg"},
}
NINJS: JsonObject = {
    "uri": "urn:newsml:courier.example:20260129:1841",
    "type": "text",
    "version": "1",
    "versioncreated": PUBLISHED,
    "pubstatus": "usable",
    "language": "en",
    "headlines": [{"value": HEADLINE}],
    "bodies": [{"contenttype": "text/plain", "value": TEXT}],
    "by": "Ada Berg",
    "copyrightholder": "Harbour Courier",
}
EVENT_REGISTRY: JsonObject = {
    "uri": "8471920133",
    "lang": "eng",
    "dateTimePub": "2026-01-29T17:30:00Z",
    "title": HEADLINE,
    "body": TEXT,
    "url": ADDRESS,
    "source": {"uri": "courier.example", "title": "Harbour Courier"},
}
TRAFILATURA: JsonObject = {
    "title": HEADLINE,
    "hostname": "courier.example",
    "date": "2026-01-29",
    "source": ADDRESS,
    "sitename": "Harbour Courier",
    "text": TEXT,
}
PAGE: JsonObject = {
    "html": (
        '<html lang="en"><head><title>Swing bridge closed | Harbour Courier</title>'
        f'<meta property="article:published_time" content="{PUBLISHED}">'
        '<meta property="og:site_name" content="Harbour Courier"></head>'
        "<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{HEADLINE}</h1><p>{TEXT}</p></article></body></html>"
    ),
    "url": ADDRESS,
    "external_id": "courier-1841",
}
