"""Saved pages: paragraphs stay, scripts and menus go, broken markup harms nothing."""

import pytest

from service.cli.htmlfile import read_page


def test_paragraphs_stay_apart_and_white_space_is_made_single():
    page = read_page("<h1>Rain</h1><p>It  rained\n in <b>Bergen</b>.<p>It stopped.")
    assert page.text == "Rain\n\nIt rained in Bergen.\n\nIt stopped."


def test_a_line_break_is_a_new_line_and_two_of_them_a_new_paragraph():
    assert read_page("<p>One,<br>\n two.<br><br>Three.").text == "One,\ntwo.\n\nThree."


def test_a_page_that_is_one_form_is_still_read():
    assert read_page("<form><p>One.</p><button>Search</button></form>").text == "One."


@pytest.mark.parametrize("tag", ["script", "style", "nav", "footer", "aside", "noscript", "svg"])
def test_what_is_no_part_of_the_article_is_left_out(tag):
    assert read_page(f"<p>One.</p><{tag}><p>Two.</p></{tag}><p>Three.").text == "One.\n\nThree."


def test_inline_elements_do_not_break_words():
    assert read_page("<p>Aus<em>trian</em>s &amp; others&nbsp;left.").text == (
        "Austrians & others left."
    )


def test_title_and_language_come_from_the_page():
    page = read_page('<html lang="fa"><head><title> A\n title </title></head><body>Text.')
    assert (page.title, page.language, page.text) == ("A title", "fa", "Text.")


@pytest.mark.parametrize(
    "broken", ["</nav><p>One.", "<p>One.</p></footer>", "<p>One.<", "<<p>One."]
)
def test_broken_markup_gives_what_can_be_read(broken):
    assert "One." in read_page(broken).text


def test_an_unclosed_menu_ends_with_its_outer_element():
    assert read_page("<footer><nav>Home</footer><p>One.").text == "One."
