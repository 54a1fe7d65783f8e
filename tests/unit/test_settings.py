"""Settings: every reader, its bad values, and the rules between settings."""

from dataclasses import fields
from pathlib import Path

import pytest

from service.errors import SetupError
from service.settings import PREFIX, READERS, Settings


def read(**variables):
    return Settings.from_env({PREFIX + name.upper(): text for name, text in variables.items()})


def test_without_variables_everything_has_a_default():
    assert Settings.from_env({}) == Settings()


def test_every_field_has_a_reader_and_every_reader_a_field():
    assert {each.name for each in fields(Settings)} == set(READERS)


@pytest.mark.parametrize(
    "name,text,value",
    [
        ("host", "::1", "::1"),
        ("port", "8001", 8001),
        ("data_dir", "/srv/timelines", Path("/srv/timelines")),
        ("database_url", "postgresql://db/news", "postgresql://db/news"),
        ("redis_url", "redis://queue:6379/0", "redis://queue:6379/0"),
        ("embedded_redis", "wheel", "wheel"),
        ("workers", "64", 64),
        ("delivery_workers", "0", 0),
        ("web_processes", "2", 2),
        ("waiters", "5000", 5000),
        ("heartbeat_seconds", "5", 5.0),
        ("stalled_seconds", "90", 90.0),
        ("lease_seconds", "0.5", 0.5),
        ("article_cpu_seconds", "3600", 3600.0),
        ("late_seconds", "60", 60.0),
        ("allowed_hosts", "News.Example, , api.example ", ("news.example", "api.example")),
        ("keys", "on", "on"),
        ("admin_key_file", "/run/secrets/admin", Path("/run/secrets/admin")),
        ("reads_per_minute", "0", 0),
        ("writes_per_minute", "10000000", 10_000_000),
        ("trusted_proxies", "1", 1),
        ("history_days", "0", 0),
        ("history_rows", "1000000000", 1_000_000_000),
        ("webhook_ports", "8443, 443,443", (443, 8443)),
        ("allow_loopback_webhooks", "1", True),
        ("webhook_seconds", "1.5", 1.5),
        ("webhook_pauses", "5, 0.25,300", (5.0, 0.25, 300.0)),
        ("insecure", "Yes", True),
        ("insecure", "0", False),
        ("log_level", "DEBUG", "DEBUG"),
        ("log_format", "json", "json"),
    ],
)
def test_a_variable_gives_its_field(name, text, value):
    assert getattr(read(**{name: text}), name) == value


def test_every_reader_is_tried_above():
    [marks] = [mark for mark in test_a_variable_gives_its_field.pytestmark if mark.args]
    assert {name for name, _, _ in marks.args[1]} == set(READERS)


@pytest.mark.parametrize(
    "name,text,right",
    [
        ("port", "0", "a whole number from 1 to 65535"),
        ("port", "65536", "a whole number from 1 to 65535"),
        ("port", "8e3", "a whole number from 1 to 65535"),
        ("port", "٨٠", "a whole number from 1 to 65535"),
        ("workers", "-1", "a whole number from 1 to 64"),
        ("web_processes", "17", "a whole number from 1 to 16"),
        ("waiters", "many", "a whole number from 1 to 5000"),
        ("lease_seconds", "0", "a number of seconds from 0.1 to 3600"),
        ("lease_seconds", "nan", "a number of seconds from 0.1 to 3600"),
        ("article_cpu_seconds", "soon", "a number of seconds from 0.1 to 3600"),
        ("host", "localhost:80", "without a port"),
        ("host", "a b", "use an address such as 127.0.0.1 or ::1"),
        ("data_dir", "what?", "use a path without ?, # and control characters"),
        ("data_dir", "a#b", "use a path without ?, # and control characters"),
        ("data_dir", "a\nb", "use a path without ?, # and control characters"),
        ("database_url", "nonsense", "use postgresql://user:password@host/name, or leave it empty"),
        ("database_url", "mysql://db/news", "use postgresql://"),
        ("database_url", "postgresql://db:many/news", "use postgresql://"),
        ("redis_url", "localhost:6379", "use redis://host:6379/0"),
        ("redis_url", "http://redis", "unix:///path/redis.sock"),
        ("redis_url", "redis://redis:99999", "use redis://"),
        ("keys", "yes", "use one of auto, on, off"),
        ("admin_key_file", "a#b", "use a path without ?, # and control characters"),
        ("reads_per_minute", "many", "a whole number from 0 to 10000000"),
        ("writes_per_minute", "-1", "a whole number from 0 to 10000000"),
        ("trusted_proxies", "yes", "a whole number from 0 to 10"),
        ("webhook_ports", "443,", "use ports by comma, as in 80,443"),
        ("webhook_ports", "0", "use ports by comma, as in 80,443"),
        ("webhook_ports", "65536", "use ports by comma, as in 80,443"),
        ("webhook_ports", "https", "use ports by comma, as in 80,443"),
        ("allow_loopback_webhooks", "maybe", "use 1 or 0"),
        ("insecure", "maybe", "use 1 or 0"),
        ("embedded_redis", "docker", "use one of auto, path, wheel, python"),
        ("log_level", "debug", "use one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_a_bad_value_names_the_variable_and_says_what_would_be_right(name, text, right):
    with pytest.raises(SetupError) as refused:
        read(**{name: text})
    assert str(refused.value).startswith(f"{PREFIX}{name.upper()} is '{text}': ")
    assert right in str(refused.value)


@pytest.mark.parametrize("name", ["redis_url", "database_url"])
def test_a_refused_address_is_told_without_its_password(name):
    with pytest.raises(SetupError) as refused:
        read(**{name: "http://me:pass@word@host/0"})
    assert "'http://...@host/0'" in str(refused.value)


def test_an_address_of_version_6_may_stand_in_brackets():
    assert read(host="[::1]").host == "::1"


@pytest.mark.parametrize("name", READERS)
def test_an_empty_variable_is_as_good_as_none(name):
    assert read(**{name: " "}) == Settings()


def test_an_unknown_variable_with_our_prefix_is_refused_with_the_known_ones():
    with pytest.raises(SetupError, match=r"unknown setting TIMELINES_PROT: .* TIMELINES_PORT"):
        read(prot="8001")


def test_variables_of_others_and_of_the_tests_are_left_alone():
    others = {"PATH": "/bin", "TIMELINE": "x", "TIMELINES_TEST_REQUIRE": "all"}
    assert Settings.from_env(others) == Settings()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_keys_unless_they_are_asked_for(host):
    assert not read(host=host).keys_on
    assert not read(host=host, keys="off").keys_on
    assert read(host=host, keys="on").keys_on
    assert read(host=host, keys="on", insecure="1").keys_on


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "news.example"])  # noqa: S104  # read only
def test_other_addresses_need_keys_unless_told_to_be_insecure(host):
    assert read(host=host).keys_on
    assert read(host=host, keys="on", insecure="1").keys_on
    assert not read(host=host, insecure="1").keys_on
    assert not read(host=host, keys="off", insecure="1").keys_on
    with pytest.raises(SetupError, match=f"KEYS=off on {host} would open the API .*INSECURE=1"):
        read(host=host, keys="off")


def test_webhooks_to_loopback_are_for_a_service_on_loopback():
    assert read(host="::1", allow_loopback_webhooks="1").allow_loopback_webhooks
    assert read(host="192.0.2.1", allow_loopback_webhooks="1", insecure="1").allow_loopback_webhooks
    with pytest.raises(SetupError, match=r"ALLOW_LOOPBACK_WEBHOOKS=1 on 192.0.2.1 would let"):
        read(host="192.0.2.1", allow_loopback_webhooks="1")


@pytest.mark.parametrize(
    "host,address",
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104  # read only
        ("::1", "http://[::1]:8000"),
        ("news.example", "http://news.example:8000"),
    ],
)
def test_the_address_is_one_that_a_client_here_can_use(host, address):
    assert Settings(host=host).address == address


def test_the_record_is_a_file_in_the_data_folder_unless_an_address_is_given(tmp_path):
    assert Settings(data_dir=tmp_path).sql_url == f"sqlite:///{tmp_path}/timelines.sqlite3"
    assert read(database_url="postgresql://db/news").sql_url == "postgresql://db/news"
