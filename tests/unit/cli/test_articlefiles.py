"""Articles in files: each form, and what is said of files that hold none."""

import json

import pytest

from service.cli.articlefiles import Found, Unreadable, read_articles

DATED = {"published_at": "2026-01-27"}


def read(name, text, fields=DATED):
    content = text if isinstance(text, bytes) else text.encode()
    return list(read_articles(name, content, fields))


def test_a_json_object_is_one_article_and_keeps_what_it_says():
    article = {"text": "It rained.", "published_at": "2026-02-01"}
    assert read("a.json", json.dumps(article)) == [Found("a.json", article)]


def test_options_complete_a_json_article_that_lacks_the_field():
    [found] = read("a.json", '{"text": "It rained."}', {**DATED, "publisher": "Post"})
    assert found.document == {"text": "It rained.", "publisher": "Post", **DATED}


@pytest.mark.parametrize("form", ["[%s, %s]", '{"articles": [%s, %s]}'])
def test_an_array_is_many_articles_named_by_their_place(form):
    first, second = '{"text": "One."}', '{"text": "Two."}'
    found = read("a.json", form % (first, second))
    assert [each.source for each in found] == ["a.json[0]", "a.json[1]"]
    assert [each.document["text"] for each in found] == ["One.", "Two."]


def test_a_bad_line_harms_no_neighbour():
    lines = '{"text": "One."}\n\nnot json\n[1]\n{"text": "Two."}\n'
    first, broken, array, second = read("a.ndjson", lines)
    assert (first.source, second.source) == ("a.ndjson:1", "a.ndjson:5")
    assert broken.source == "a.ndjson:3"
    assert "is not JSON" in broken.why
    assert array == Unreadable("a.ndjson:4", "is no article: an article is a JSON object")


def test_a_text_file_is_one_article_as_it_stands():
    assert read("a.txt", "Head\n\nIt rained.\n") == [
        Found("a.txt", {"text": "Head\n\nIt rained.\n", **DATED})
    ]


def test_a_text_file_without_a_publication_date_says_which_option_gives_it():
    [refused] = read("a.txt", "It rained.", {})
    assert "--published-at" in refused.why


def test_a_page_is_sent_as_it_is_and_options_decide():
    page = '<html lang="en"><title>Rain - Post</title><p>It rained.<nav>Home</nav>'
    assert read("a.html", page, {"title": "Rain"}) == [
        Found("a.html", {"html": page, "title": "Rain"})
    ]


@pytest.mark.parametrize(
    "document",
    [{"@type": "NewsArticle"}, {"uri": "urn:a"}, {"text": "One.", "date": "2026-01-27"}],
)
def test_documents_of_other_forms_name_their_date_otherwise(document):
    assert read("a.json", json.dumps(document), {}) == [Found("a.json", document)]


def test_a_page_is_read_in_the_encoding_that_it_declares():
    page = '<meta charset="windows-1252"><p>“Café”'.encode("cp1252")
    [found] = read("a.htm", page)
    assert found.document["html"] == '<meta charset="windows-1252"><p>“Café”'


def test_a_byte_order_mark_is_no_part_of_the_text():
    [found] = read("a.txt", "\ufeffIt rained.".encode())
    assert found.document["text"] == "It rained."
    [wide] = read("a.txt", "It rained.".encode("utf-16"))
    assert wide.document["text"] == "It rained."


@pytest.mark.parametrize(
    "name,content,words",
    [
        ("a.json", b"{", "is not JSON"),
        ("a.json", b'"text"', "is no article"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.txt", b" \n ", "is empty"),
        ("a.txt", b"caf\xe9", "is not UTF-8"),
        ("a.html", b" \n ", "is empty"),
    ],
)
def test_a_file_without_an_article_says_what_it_is(name, content, words):
    [refused] = read(name, content)
    assert isinstance(refused, Unreadable)
    assert words in refused.why


@pytest.mark.parametrize(
    "content,number",
    [
        ('{"text": "One."}\n{"text": "Two."}\n', 2),
        ('{"text": "One."}\n{bad\n{"text": "Two."}', 3),
        ('{\n "text": "One."\n}\n', 1),
        ('[{"text": "One."}, {"text": "Two."}]', 2),
        ("<p>One.", 1),
        ("One.", 1),
    ],
)
def test_the_form_of_standard_input_is_told_by_its_beginning(content, number):
    found = read("stdin", content)
    assert len(found) == number
    document = found[0].document
    assert "One." in str(document.get("text") or document.get("html"))
