"""Metrics for Prometheus: what this process answered, what the record keeps, what workers told.

Requests are counted where they are answered: in this process, or, when several processes serve one
address, in files that they share (`server.py` makes the folder; the library finds it by its
variable at import). All else is looked up when somebody asks.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import cast

from flask import Flask, current_app
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client import generate_latest as plain_text
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.openmetrics import exposition
from prometheus_client.registry import Collector

from service.api.wire.version import VERSION
from service.api.wire.waiting import Wait
from service.errors import StoreUnavailableError
from service.stages import BOUNDS, STAGES, deliveries, outcomes, spread
from service.store.subscribing import ACTIVE, DISABLED, PAUSED
from service.store.vitals import Totals, Vitals
from service.tallies import Told
from service.wiring import Parts

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's variable: where the processes of one server share their counts."""
EXTENSION = "timelines-metrics"
PLAIN = "text/plain"
OPENMETRICS = "application/openmetrics-text"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
NO_OPERATION = "none"
"""The operation of a request that fits none of ours."""


class Metrics:
    """The metrics of one application; counting is safe between threads and cheap."""

    def __init__(self, parts: Parts) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # twice the series for no graph
        self._registry = CollectorRegistry()
        alone = SHARED_FOLDER not in os.environ
        registry = self._registry if alone else None
        self._requests = Counter(
            "timelines_http_requests",
            "Requests answered by this service address.",
            ("operation", "method", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "timelines_http_request_seconds",
            "From the first line of a request to its answer.",
            ("operation",),
            buckets=SECONDS,
            registry=registry,
        )
        self._posted = Counter(
            "timelines_articles_posted",
            "Articles posted at this service address, by what became of them.",
            ("outcome",),
            registry=registry,
        )
        self._waiting = Gauge(
            "timelines_waiting",
            "Requests that wait now at this service address: open streams, and long polls.",
            ("kind",),
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._refused = Counter(
            "timelines_waiting_refused",
            "Requests that found no room to wait at this service address.",
            ("kind",),
            registry=registry,
        )
        for kind in Wait:
            self._waiting.labels(kind)
            self._refused.labels(kind)
        if alone:
            ProcessCollector(registry=self._registry)
        else:
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]  # untyped there
        self._registry.register(Looking(parts))
        self._known: dict[tuple[str | None, str, int], tuple[Counter, Histogram]] = {}

    def note(self, endpoint: str | None, method: str, status: int, *, seconds: float) -> None:
        """Count a request that was answered, by the endpoint of its route."""
        key = endpoint, method if method in METHODS else "other", status
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._children(*key)
        requests, times = known
        requests.inc()
        times.observe(seconds)

    def posted(self, outcome: str, times: int = 1) -> None:
        """Count posted articles: accepted, known, differs, retracted or refused."""
        self._posted.labels(outcome).inc(times)

    def waits(self, kind: str, change: int) -> None:
        """So many requests more wait now."""
        self._waiting.labels(kind).inc(change)

    def no_room(self, kind: str) -> None:
        """Count a request that found no room to wait."""
        self._refused.labels(kind).inc()

    def text(self, accept: str) -> tuple[bytes, str]:
        """All metrics as they are now, and their content type: OpenMetrics if `accept` names it."""
        if OPENMETRICS in accept:
            write = cast("Callable[[Collector], bytes]", exposition.generate_latest)
            return write(self._registry), f"{OPENMETRICS}; version=1.0.0; charset=utf-8"
        return plain_text(self._registry), f"{PLAIN}; version=0.0.4; charset=utf-8"

    def _children(
        self, endpoint: str | None, method: str, status: int
    ) -> tuple[Counter, Histogram]:
        operation = (endpoint or NO_OPERATION).rpartition(".")[2]
        return (
            self._requests.labels(operation, method, str(status)),
            self._seconds.labels(operation),
        )


class Looking(Collector):
    """What is looked up when it is asked for: nothing of it is counted, all of it is kept."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def describe(self) -> Iterator[Metric]:
        """Nothing: registering must not ask the record."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The metrics, without those of what is away."""
        yield InfoMetricFamily(
            "timelines_build",
            "What runs here.",
            value={"version": VERSION, "python": platform.python_version()},
        )
        yield from self._record()
        told = self._parts.tallies.read()
        yield _gauge("timelines_redis_up", "Whether Redis answers.", int(told is not None))
        if told is not None:
            yield from _told(told)

    def _record(self) -> Iterator[Metric]:
        try:
            vitals, totals = self._parts.store.vitals(), self._parts.store.totals()
            subscriptions = self._parts.store.count_subscriptions()
        except StoreUnavailableError:
            yield _gauge("timelines_record_up", "Whether the record answers.", 0)
            return
        yield _gauge("timelines_record_up", "Whether the record answers.", 1)
        yield from _vitals(vitals)
        yield from _totals(totals)
        yield from _subscriptions(subscriptions)


def register_metrics(app: Flask, parts: Parts) -> Metrics:
    """The metrics of `app`, kept with it."""
    metrics = app.extensions[EXTENSION] = Metrics(parts)
    return metrics


def forget_process(pid: int) -> None:
    """Let what a process that ended showed for itself count no more."""
    if SHARED_FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]  # untyped there


def the_metrics() -> Metrics:
    """The metrics of the application at hand."""
    return cast("Metrics", current_app.extensions[EXTENSION])


def _vitals(vitals: Vitals) -> Iterator[Metric]:
    yield _gauge(
        "timelines_articles_waiting",
        "Articles that wait to be read, counted up to a bound.",
        vitals.waiting,
    )
    yield _gauge(
        "timelines_queue_age_seconds",
        "How long the first of them has waited; 0 when none waits.",
        vitals.oldest_seconds or 0,
    )
    if vitals.free_bytes is not None:
        yield _gauge(
            "timelines_record_free_bytes", "Left on the disk of the record.", vitals.free_bytes
        )


def _totals(totals: Totals) -> Iterator[Metric]:
    yield _gauge("timelines_timelines", "Timelines in the record.", totals.timelines)
    articles = GaugeMetricFamily(
        "timelines_articles", "Articles in the record.", labels=("status",)
    )
    for status, count in totals.articles.items():
        if status != "nothing_to_tell":
            articles.add_metric((status,), count)
    yield _gauge(
        "timelines_articles_nothing_to_tell",
        "Processed articles that told nothing.",
        totals.articles["nothing_to_tell"],
    )
    events = GaugeMetricFamily("timelines_events", "Events in the record.", labels=("kind",))
    for kind, count in totals.events.items():
        events.add_metric((kind,), count)
    yield from (articles, events)


def _subscriptions(counts: Mapping[str, int]) -> Iterator[Metric]:
    by_status = GaugeMetricFamily(
        "timelines_subscriptions", "Subscriptions in the record.", labels=("status",)
    )
    for status in (ACTIVE, PAUSED, DISABLED):
        by_status.add_metric((status,), counts[status])
    yield by_status
    yield _gauge(
        "timelines_subscriptions_behind",
        "Active subscriptions that were not told of the last change yet.",
        counts["behind"],
    )


def _told(told: Told) -> Iterator[Metric]:
    yield _gauge("timelines_workers", "Workers heard of lately that read.", told.workers)
    yield _gauge("timelines_senders", "Workers heard of lately that send.", told.senders)
    read = CounterMetricFamily(
        "timelines_articles_read", "Articles that workers held, by outcome.", labels=("outcome",)
    )
    for outcome, count in outcomes(told.counts).items():
        read.add_metric((outcome,), count)
    times = HistogramMetricFamily(
        "timelines_stage_seconds", "How long the steps of the workers take.", labels=("stage",)
    )
    for stage in STAGES:
        times.add_metric((stage,), *_spread(told, stage))
    sent = CounterMetricFamily(
        "timelines_deliveries", "Tries of messages to subscribers, by outcome.", labels=("outcome",)
    )
    for outcome, count in deliveries(told.counts).items():
        sent.add_metric((outcome,), count)
    yield from (read, times, sent)
    for name, says, span in (
        ("timelines_delivery_seconds", "How long one try of a message takes.", "send"),
        ("timelines_delivery_lag_seconds", "From a change to its delivery, at once.", "lag"),
    ):
        taken = HistogramMetricFamily(name, says)
        taken.add_metric((), *_spread(told, span))
        yield taken


def _spread(told: Told, stage: str) -> tuple[list[tuple[str, float]], float]:
    """Buckets and sum of the times of a stage, as the library takes them."""
    found = spread(told.counts, stage)
    bounds = (*(str(bound) for bound in BOUNDS), "+Inf")
    return list(zip(bounds, accumulate(found.counts), strict=True)), found.seconds


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
