"""Servers that tests start for themselves are fixtures of `tests/servers`."""

pytest_plugins = [
    "tests.servers.redis",
    "tests.servers.postgres",
    "tests.servers.api",
    "tests.servers.house",
    "tests.servers.committing",
    "tests.servers.receivers",
    "tests.servers.postoffice",
    "tests.consumers.npm",
]
