from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from seeds.__main__ import Clock, main
from seeds.samples import read_samples

SAMPLES = read_samples()


class Still:
    """A clock that moves only when somebody pauses."""

    def __init__(self):
        self.seconds = 0.0

    def clock(self):
        return Clock(now=lambda: self.seconds, pause=self.pass_by)

    def pass_by(self, seconds):
        self.seconds += seconds


@pytest.fixture
def still():
    return Still()


def test_every_sample_is_posted_to_its_timeline(service, still, capsys):
    assert main(["--server", service.address], still.clock()) == 0
    lines = capsys.readouterr().out.splitlines()
    posted = {name: len(kept) for name, kept in service.articles.items()}
    assert posted == {"iran-soldier": 5, "port-strike": 5, "river-flood": 5}
    assert len(lines) == len(SAMPLES) + 1
    assert lines[0].split()[:2] == ["accepted", "art_harbour-post-88121"]
    assert lines[-1] == "15 of 15 articles are in iran-soldier, port-strike, river-flood; all told"


def test_articles_arrive_as_they_stand_in_their_files(service, still):
    main(["--server", service.address], still.clock())
    for sample in SAMPLES:
        article = json.loads(sample.body)
        assert service.articles[sample.timeline][article["external_id"]] == article


def test_posting_twice_says_known(service, still, capsys):
    main(["--server", service.address], still.clock())
    capsys.readouterr()
    assert main(["--server", service.address], still.clock()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[:-1]} == {"known"}


def test_if_empty_leaves_a_timeline_with_articles_alone(service, still, capsys):
    service.articles["river-flood"] = {"mine": {}}
    assert main(["--server", service.address, "--if-empty"], still.clock()) == 0
    assert list(service.articles["river-flood"]) == ["mine"]
    assert len(service.articles["port-strike"]) == 5
    assert "river-flood: has articles already, left alone" in capsys.readouterr().out


def test_if_empty_fills_a_timeline_without_articles(service, still):
    service.articles["river-flood"] = {}
    assert main(["--server", service.address, "--if-empty"], still.clock()) == 0
    assert len(service.articles["river-flood"]) == 5


def test_if_empty_with_nothing_to_do_is_no_error(service, still, capsys):
    for timeline in ("iran-soldier", "port-strike", "river-flood"):
        service.articles[timeline] = {"mine": {}}
    assert main(["--server", service.address, "--if-empty"], still.clock()) == 0
    assert service.posts == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing to post"


def test_it_waits_until_nothing_is_pending(service, still, capsys):
    service.looks_until_told = 4
    assert main(["--server", service.address], still.clock()) == 0
    assert still.seconds > 0
    assert capsys.readouterr().out.endswith("all told\n")


def test_it_gives_up_when_time_is_over(service, still, capsys):
    service.looks_until_told = 1_000_000
    assert main(["--server", service.address, "--wait", "3"], still.clock()) == 1
    assert 3 <= still.seconds < 4
    assert "15 still to be told: is a worker running?" in capsys.readouterr().out


def test_without_wait_articles_may_still_be_pending(service, still):
    service.looks_until_told = 1_000_000
    assert main(["--server", service.address, "--wait", "0"], still.clock()) == 0
    assert still.seconds == 0


def test_a_failed_article_is_an_error(service, still, capsys):
    service.failed = 1
    assert main(["--server", service.address], still.clock()) == 1
    assert "could not be read" in capsys.readouterr().out


def test_a_refused_article_harms_no_neighbour(service, still, capsys):
    problem = {"detail": "external_id 'sn-1009-12' is known with other content: use PUT"}
    service.refuse["sn-1009-12"] = (409, json.dumps(problem).encode())
    assert main(["--server", service.address], still.clock()) == 1
    out = capsys.readouterr().out
    assert "refused    port-strike/port-strike-2-seaway-news: external_id 'sn-1009-12'" in out
    assert "14 of 15 articles" in out


def test_violations_are_printed_with_their_pointers(service, still, capsys):
    problem = {"title": "Invalid", "errors": [{"pointer": "/text", "detail": "is too long"}]}
    service.refuse["sn-1009-12"] = (422, json.dumps(problem).encode())
    main(["--server", service.address], still.clock())
    assert "/text: is too long (HTTP 422)" in capsys.readouterr().out


def test_a_refusal_without_a_document_names_the_status(service, still, capsys):
    service.refuse["sn-1009-12"] = (502, b"<html>bad gateway</html>")
    main(["--server", service.address], still.clock())
    assert "HTTP 502 without a reason" in capsys.readouterr().out


def test_a_stranger_without_json_is_named(service, still, capsys):
    service.refuse["harbour-post-88121"] = (200, b"hello")
    assert main(["--server", service.address], still.clock()) == 1
    assert "is not this service" in capsys.readouterr().err


def test_an_unreachable_server_gets_one_sentence(still, capsys):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        assert main(["--server", address], still.clock()) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"seeds: nothing answers at {address}")
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize("server", ["localhost:8000", "ftp://example.org", "http://"])
def test_a_server_that_is_no_address_is_refused(server, still, capsys):
    assert main(["--server", server], still.clock()) == 1
    assert "is no address" in capsys.readouterr().err


def test_list_shows_the_samples_and_posts_nothing(service, capsys):
    assert main(["--list", "--server", service.address]) == 0
    assert service.posts == 0
    assert len(capsys.readouterr().out.splitlines()) == len(SAMPLES)


@pytest.mark.parametrize(
    "server", ["http://[::1", "http://127.0.0.1:99999", "http://a:b", "http://"]
)
def test_an_address_with_half_a_bracket_or_no_port_is_one_sentence(server, capsys):
    assert main(["--server", server]) == 1
    assert "is no address: use one like" in capsys.readouterr().err


def test_a_reader_that_has_enough_ends_the_list_quietly():
    listing = subprocess.Popen(
        [sys.executable, "-m", "seeds", "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    listing.stdout.close()
    assert listing.stderr.read() == b""
    listing.stderr.close()
    assert listing.wait(20) == 1
