"""The Flask application, put together: guards, problems, routes and their description."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from flask import Flask

from service.api.access.guard import register_access
from service.api.access.tokens import tokens
from service.api.described import DescribedApi, describe
from service.api.intake.corrections import corrections
from service.api.intake.posting import posting
from service.api.intake.versions import versions
from service.api.openapi import OPTIONS
from service.api.pages.articles import told
from service.api.pages.evidence import evidence
from service.api.pages.paste import paste
from service.api.pages.resolving import resolve_page
from service.api.pages.signing import signing
from service.api.pages.timeline import timeline_pages
from service.api.reading.articles import articles
from service.api.reading.catalogue import catalogue
from service.api.reading.events import events
from service.api.reading.exports import exports
from service.api.reading.resolve import resolving
from service.api.reading.timelines import timelines
from service.api.running.manual import manual
from service.api.running.operations import operations
from service.api.running.watch import register_watch
from service.api.updates.changes import changes
from service.api.updates.deliveries import deliveries
from service.api.updates.following import register_feed
from service.api.updates.outgoing import describe_webhooks
from service.api.updates.stream import streams
from service.api.updates.subscriptions import subscriptions
from service.api.wire.compression import register_compression
from service.api.wire.cors import register_cors
from service.api.wire.hosts import register_hosts
from service.api.wire.metrics import register_metrics
from service.api.wire.parts import Given, give
from service.api.wire.problems import register_problems
from service.api.wire.waiting import WaitingRoom
from service.settings import Settings
from service.wiring import Parts, build

BLUEPRINTS = (
    posting,
    articles,
    corrections,
    versions,
    timelines,
    exports,
    catalogue,
    tokens,
    events,
    changes,
    subscriptions,
    deliveries,
    streams,
    resolving,
    evidence,
    timeline_pages,
    operations,
    manual,
)
PAGES = (signing, paste, told, resolve_page)
"""What people use, and OpenAPI does not tell of."""


class Service(Flask):
    """Flask whose views and hooks are plain functions: it need not ask each of them each time."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(
    settings: Settings | None = None,
    parts: Parts | None = None,
    *,
    clock: Callable[[], float] = time.time,
) -> Flask:
    """The application over `parts`; without them, over what the settings name.

    Without settings they are read from the environment, and SetupError names one that cannot be.
    Nothing is connected before the first request; a file with an admin key is read at once.
    """
    settings = settings or Settings.from_env(os.environ)
    app = Service("service.api", static_folder=None)
    register_problems(app)
    register_compression(app)
    register_cors(app)
    register_hosts(app, settings)
    parts = parts or build(settings)
    metrics = register_metrics(app, parts)
    room = WaitingRoom(settings.waiters, metrics)
    give(app, Given(parts, clock, settings, room))
    register_watch(app, metrics)
    register_feed(app, parts, room)
    register_access(app, settings, parts)
    described(app)
    for each in PAGES:
        app.register_blueprint(each)
    return app


def described(app: Flask) -> DescribedApi:
    """The routes, added to `app`, with their OpenAPI description."""
    api = describe(app, BLUEPRINTS, **OPTIONS)
    describe_webhooks(api)
    return api
