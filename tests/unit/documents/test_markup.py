"""Text with tags: its paragraphs stay, its tags go, hostile ones cost no more than others."""

import time

import pytest

from service.documents.forms.markup import is_marked_up, plain


@pytest.mark.parametrize(
    "marked, read",
    [
        ("<p>Rain <b>fell</b>.<p>It  was\ncold.", "Rain fell.\n\nIt was cold."),
        ("One,<br>two.<br/>Three.", "One,\ntwo.\nThree."),
        ("<p>a &lt; b &amp; c &nbsp;d</p>", "a < b & c d"),
        ("<p>a < b, 3 > 2</p>", "a < b, 3 > 2"),
        ("<p>One.</p><!-- <p>no</p> --><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p><script>a('<p>no</p>')</script><p>Two.</p>", "One.\n\nTwo."),
        ("<title>no</title><article><h1>One</h1>Two</article>", "One\n\nTwo"),
        ("<p>Aus<em>trian</em>s left.", "Austrians left."),
        ("<custom-tag>One</custom-tag>", "One"),
        ("", ""),
    ],
)
def test_paragraphs_stay_and_tags_go(marked, read):
    assert plain(marked) == read


@pytest.mark.parametrize("text", ["a < b and c > d", "<Reuters> said", "x <- y", "5 <6> 7"])
def test_signs_are_no_tags(text):
    assert not is_marked_up(text)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<![CDATA[", "<?", "<div>", "<a b='x ", "&", "<script>", "<p></"]
)
def test_a_million_signs_are_read_in_a_moment(piece):
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    is_marked_up(text)
    plain(text)
    assert time.process_time() - begun < 5
