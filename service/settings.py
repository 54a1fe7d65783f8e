"""Settings: environment variables with the prefix `TIMELINES_`, read in one place, frozen.

Every field of `Settings` is one variable; `docs/operations.md` holds the same list (tested).
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from service.errors import SetupError

PREFIX = "TIMELINES_"
EMBEDDED_FORMS = ("auto", "path", "wheel", "python")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator can choose. Field `data_dir` is `TIMELINES_DATA_DIR`, and so on."""

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    embedded_redis: str = "auto"
    workers: int = 1
    delivery_workers: int = 2
    web_processes: int = 1
    waiters: int = 100
    heartbeat_seconds: float = 15.0
    stalled_seconds: float = 30.0
    lease_seconds: float = 15.0
    article_cpu_seconds: float = 10.0
    late_seconds: float = 300.0
    allowed_hosts: tuple[str, ...] = ()
    keys: str = "auto"
    admin_key_file: Path | None = None
    reads_per_minute: int = 6_000
    writes_per_minute: int = 6_000
    trusted_proxies: int = 0
    history_days: int = 90
    history_rows: int = 10_000
    webhook_ports: tuple[int, ...] = (80, 443)
    webhook_seconds: float = 15.0
    webhook_pauses: tuple[float, ...] = ()
    allow_loopback_webhooks: bool = False
    insecure: bool = False
    log_level: str = "INFO"
    log_format: str = "text"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from variables; raises SetupError with a sentence for a value that cannot be."""
        chosen = {
            name: _read(name, environ[PREFIX + name.upper()])
            for name in READERS
            if environ.get(PREFIX + name.upper(), "").strip()
        }
        unknown = sorted(set(environ) & _misspelt(environ))
        if unknown:
            known = ", ".join(PREFIX + name.upper() for name in READERS)
            raise SetupError(f"unknown setting {unknown[0]}: use one of {known}")
        return cls(**chosen).checked()  # type: ignore[arg-type]  # readers give each field its type

    def checked(self) -> Settings:
        """These settings; raises SetupError where they contradict each other."""
        if self.keys == "off" and not self.insecure and not is_loopback(self.host):
            raise SetupError(
                f"{PREFIX}KEYS=off on {self.host} would open the API to the network: leave it out, "
                f"use {PREFIX}HOST=127.0.0.1, or {PREFIX}INSECURE=1 behind a proxy that guards it"
            )
        if self.allow_loopback_webhooks and not self.insecure and not is_loopback(self.host):
            raise SetupError(
                f"{PREFIX}ALLOW_LOOPBACK_WEBHOOKS=1 on {self.host} would let callers reach what "
                f"listens on this machine alone: it is for development, with {PREFIX}HOST=127.0.0.1"
            )
        return self

    @property
    def keys_on(self) -> bool:
        """Whether what is not public needs a key: beyond loopback, unless something else is set."""
        if self.keys == "auto":
            return not self.insecure and not is_loopback(self.host)
        return self.keys == "on"

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy address of the record: PostgreSQL as given, else the SQLite file."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'timelines.sqlite3'}"

    @property
    def address(self) -> str:
        """Where a client on this machine reaches the API, without a trailing slash."""
        wild = self.host in {"0.0.0.0", "::"}  # noqa: S104  # compared, not bound
        host = "127.0.0.1" if wild else f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound to `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(name: str, text: str) -> object:
    try:
        return READERS[name](text.strip())
    except ValueError as error:
        shown = re.sub(r"//[^/]*@", "//...@", text)  # an address may hold a password
        raise SetupError(f"{PREFIX}{name.upper()} is '{shown}': {error}") from error


def _misspelt(environ: Mapping[str, str]) -> set[str]:
    known = {PREFIX + name.upper() for name in READERS}
    return {name for name in environ if name.startswith(PREFIX) and name not in known | OUTSIDE}


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"use a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _seconds(longest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = 0.0
        if not 0.1 <= number <= longest:
            raise ValueError(f"use a number of seconds from 0.1 to {longest:g}")
        return number

    return read


def _pauses(text: str) -> tuple[float, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if len(parts) > 20 or not all(re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", each) for each in parts):
        raise ValueError("use up to 20 numbers of seconds by comma, as in 5,300,3600")
    return tuple(map(float, parts))


def _host(text: str) -> str:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(bare))
    if not re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?", text):
        raise ValueError("use an address such as 127.0.0.1 or ::1, without a port")
    return text


def _path(text: str) -> Path:
    # The addresses of SQLite and of a Unix socket hold the path, and end at these signs.
    if re.search(r"[?#\x00-\x1f\x7f]", text):
        raise ValueError("use a path without ?, # and control characters")
    return Path(text)


def _url(right: str, *schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            parts = urlsplit(text)
            usable = parts.scheme.partition("+")[0] in schemes and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"use {right}")
        return text

    return read


def _flag(text: str) -> bool:
    if text.lower() not in {"0", "1", "false", "true", "no", "yes"}:
        raise ValueError("use 1 or 0")
    return text.lower() in {"1", "true", "yes"}


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"use one of {', '.join(words)}")
        return text

    return read


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def _ports(text: str) -> tuple[int, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if not all(re.fullmatch("[0-9]{1,5}", each) and 0 < int(each) < 65536 for each in parts):
        raise ValueError("use ports by comma, as in 80,443")
    return tuple(sorted({int(each) for each in parts}))


READERS: Mapping[str, Callable[[str], object]] = {
    "host": _host,
    "port": _whole(1, 65535),
    "data_dir": _path,
    "database_url": _url(
        "postgresql://user:password@host/name, or leave it empty for a SQLite file",
        *("postgresql", "postgres", "sqlite"),
    ),
    "redis_url": _url(
        "redis://host:6379/0, rediss://host:6379/0 or unix:///path/redis.sock",
        *("redis", "rediss", "unix"),
    ),
    "embedded_redis": _one_of(*EMBEDDED_FORMS),
    "workers": _whole(1, 64),
    "delivery_workers": _whole(0, 16),
    "web_processes": _whole(1, 16),
    "waiters": _whole(1, 5000),
    "heartbeat_seconds": _seconds(60),
    "stalled_seconds": _seconds(3600),
    "lease_seconds": _seconds(3600),
    "article_cpu_seconds": _seconds(3600),
    "late_seconds": _seconds(3600),
    "allowed_hosts": _names,
    "keys": _one_of("auto", "on", "off"),
    "admin_key_file": _path,
    "reads_per_minute": _whole(0, 10_000_000),
    "writes_per_minute": _whole(0, 10_000_000),
    "trusted_proxies": _whole(0, 10),
    "history_days": _whole(0, 100_000),
    "history_rows": _whole(0, 1_000_000_000),
    "webhook_ports": _ports,
    "webhook_seconds": _seconds(30),
    "webhook_pauses": _pauses,
    "allow_loopback_webhooks": _flag,
    "insecure": _flag,
    "log_level": _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    "log_format": _one_of("text", "json"),
}
CLIENT_KEY = "TIMELINES_API_KEY"
"""The key that our own clients (`timelines post`, `show`, the seeds) carry; never the service's."""
# Variables with our prefix that are read elsewhere: by the tests and by clients.
OUTSIDE = frozenset({CLIENT_KEY, "TIMELINES_TEST_REQUIRE", "TIMELINES_TEST_POSTGRES_BIN"})
