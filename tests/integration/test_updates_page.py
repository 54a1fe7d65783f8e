"""docs/updates.md: every consumer that the page shows is told just what the change list tells."""

import json
import re
import socket
import sys
import time
import urllib.request
from contextlib import closing
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

import pytest

from tests import tour
from tests.servers.programs import running
from tests.servers.waiting import wait_until
from tests.servers.web import ROOT, free_port

PAGE = (ROOT / "docs" / "updates.md").read_text(encoding="utf-8")
STAGE = Path(__file__).parents[1] / "consumers" / "page.mjs"
ARTICLES = (
    "The port closed the swing bridge on Tuesday. A storm broke two moorings on Monday.",
    "The lighthouse was lit again on Friday. The port closed the swing bridge on Tuesday.",
    "The council approved a new ferry on Wednesday.",
)
pytestmark = pytest.mark.slow


def block(chapter: str, language: str) -> str:
    """The only block of that language in a chapter of the page."""
    [text] = re.findall(rf"^## {chapter}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("updates")
    with tour.up(folder, allow_loopback_webhooks=1, waiters=50) as running:
        yield running


class Story:
    """A timeline of its own on the running service, and what became of it."""

    numbers = count()

    def __init__(self, service):
        self.service = service
        self.name = f"harbour-{next(self.numbers)}"
        self.path = f"/v1/timelines/{self.name}"
        self.ask("PUT", self.path, {"title": "Harbour"})

    def ask(self, method, path, document=None, **headers):
        body = None if document is None else json.dumps(document).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(  # our own
            f"http://{self.service.address}{path}",
            body,
            {"Content-Type": "application/json", **named},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # our own
            return json.loads(answer.read() or "null")

    def tell(self, text):
        article = {"text": text, "published_at": "2026-02-01", "publisher": "Harbour Courier"}
        return self.ask("POST", f"{self.path}/articles", article, Prefer="wait=20")

    def retract(self, article):
        self.ask("DELETE", f"/v1/articles/{article['id']}", If_Match="*")

    def changes(self):
        told = self.ask("GET", f"{self.path}/changes?since=0&limit=200")
        assert "next" not in told
        return told["changes"]

    def happen(self):
        """Articles come, and the first of them is taken back."""
        first, *_ = [self.tell(each) for each in ARTICLES]
        self.retract(first)
        kinds = {each["type"] for each in self.changes()}
        assert {"created", "removed"} <= kinds

    def here(self, snippet):
        """A snippet of the page that speaks of this timeline."""
        assert "localhost:8000" in snippet
        return snippet.replace("localhost:8000", self.service.address).replace(
            "/harbour", f"/{self.name}"
        )


@pytest.fixture
def story(service):
    return Story(service)


def as_printed(changes):
    """Changes as the Python consumers of the page print them."""
    return [
        f"{each['revision']} {each['type']} {each.get('event', {}).get('headline')}"
        for each in changes
    ]


@pytest.mark.parametrize("chapter", ["The long poll", "The stream"])
def test_the_python_consumers_print_every_change(story, chapter):
    code = story.here(block(chapter, "python"))
    story.tell("The harbour master resigned on Thursday.")
    with running(sys.executable, "-", text=code) as consumer:
        consumer.await_lines(as_printed(story.changes()))
        story.happen()
        consumer.await_lines(as_printed(story.changes()))


def test_the_shell_is_told_every_change(story):
    with running("bash", "-c", story.here(block("The long poll", "sh"))) as consumer:
        story.happen()

        def told():
            return [each for line in consumer.lines for each in json.loads(line)["changes"]]

        wait_until(lambda: len(told()) >= len(story.changes()), 20, "all was told")
        assert told() == story.changes()


def test_a_copy_is_brought_up_to_date(story):
    """The copy of the change list's chapter is the timeline, whatever happened meanwhile."""
    story.happen()
    before, _, after = story.here(block("The change list", "python")).partition("\ntold = ")
    names = {}
    exec(before, names)  # noqa: S102  # the page's own words
    story.tell("The ferry sank in the harbour on Saturday.")
    story.retract(story.tell("The crane fell into the harbour on Saturday."))
    exec(f"told = {after}", names)  # noqa: S102  # the same
    page = story.ask("GET", f"{story.path}?limit=200")
    assert names["events"] == {each["id"]: each for each in page["events"]}
    assert names["since"] == page["revision"]


def test_the_page_in_a_browser_shows_the_timeline_as_it_is(story, tmp_path, npm_modules):
    page = tmp_path / "page.html"
    page.write_text(story.here(block("The stream", "html")), encoding="utf-8")
    story.tell("The harbour master resigned on Thursday.")
    with running("node", str(STAGE), str(npm_modules), str(page)) as browser:
        wait_until(lambda: browser.lines, 20, "the page is there")
        story.happen()

        def shown():
            return json.loads(browser.lines[-1])

        def there():
            events = story.ask("GET", f"{story.path}?limit=200")["events"]
            return {each["id"]: f"{each['date']['display']}: {each['headline']}" for each in events}

        wait_until(lambda: shown() == there(), 20, "the page shows what is there")
        assert len(shown()) > 1


def test_a_feed_is_read_until_nothing_in_it_is_new(story):
    code = story.here(block("Feeds", "python")).replace("sleep(60)", "sleep(0.2)")
    story.tell("The harbour master resigned on Thursday.")
    with running(sys.executable, "-", text=code) as reader:
        wait_until(lambda: reader.lines, 20, "the first entry")
        story.happen()
        events = story.ask("GET", f"{story.path}?limit=200")["events"]
        headlines = {each["headline"] for each in events}

        def named():
            return {line.partition(" ")[2] for line in reader.lines}

        wait_until(lambda: all(any(each in name for name in named()) for each in headlines), 20)


def test_the_terminal_prints_every_change_and_ends_by_ctrl_c(story):
    command = block("In a terminal", "sh").split()
    assert command[:3] == ["timelines", "listen", "harbour"]
    words = [sys.executable, "-m", "service.cli.main", "listen", story.name, *command[3:]]
    words += ["--since", "0", "--json", "--server", f"http://{story.service.address}"]
    with running(*words, cwd=ROOT) as listener:
        story.happen()
        wanted = story.ask("GET", f"{story.path}/changes?limit=200&kind=happening")["changes"]
        listener.await_lines(wanted, read=json.loads)
        assert listener.interrupt() == 0


def test_the_receiver_takes_every_message_once(story, tmp_path):
    port = free_port()
    hook = {"url": f"http://127.0.0.1:{port}/hook"}
    subscription = story.ask("POST", f"{story.path}/subscriptions", hook)
    code = block("Webhooks", "python").replace("whsec_...", subscription["secret"])
    (tmp_path / "receiver.py").write_text(code, encoding="utf-8")
    flask = [sys.executable, "-m", "flask", "--app", "receiver", "run", "--port", str(port)]
    with running(*flask, cwd=tmp_path) as receiver:
        wait_until(lambda: can_connect(port), 20, "the receiver listens")
        story.happen()
        wanted = [f"event.{each['type']} {each['revision']}" for each in story.changes()]
        taken = lambda: [each for each in receiver.lines if each.startswith("event.")]  # noqa: E731  # asked again
        wait_until(lambda: len(taken()) >= len(wanted), 20, "all messages were taken")
        first = story.ask("GET", f"{story.path}/subscriptions/{subscription['id']}/deliveries")
        delivery = first["deliveries"][-1]["id"]
        story.ask("POST", f"/v1/deliveries/{delivery}/redeliver", {})
        again = f"/v1/deliveries/{delivery}"
        wait_until(lambda: story.ask("GET", again)["attempts"] == 2, 20, "it was sent again")
        assert taken() == wanted
        assert forged(port) == 400


def can_connect(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def forged(port):
    """The status that a message gets which somebody else signed."""
    headers = {"webhook-id": "dlv_1", "webhook-timestamp": str(int(time.time()))}
    headers["webhook-signature"] = "v1," + "A" * 43 + "="
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    with closing(connection):
        connection.request("POST", "/hook", b"{}", headers)
        return connection.getresponse().status
