"""Terminals: widths, colours and what must never reach them."""

import io

import pytest

from service.cli.terminal import Terminal, clean, columns, shorten, terminal_of, wrap


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_escape_sequences_and_direction_overrides_never_reach_the_terminal():
    hostile = "a\x1b[31mb\x07c\u202ed\x9be\ud800f\nf"
    assert clean(hostile) == "a[31mbcdef f"


def test_joiners_stay_for_persian_words_need_them():
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_wide_signs_take_two_columns_and_marks_none():
    assert columns("日本") == 4
    assert columns("e\u0301") == 1


def test_words_are_wrapped_and_a_long_one_stands_alone():
    assert wrap("one two thirteen-letters x", 8) == ("one two", "thirteen-letters", "x")
    assert wrap("  ", 8) == ()


@pytest.mark.parametrize(
    "text,shown",
    [
        ("one two", "one two"),
        ("one two, three", "one two…"),
        ("thirteen-letters", "thirteen-…"),
    ],
)
def test_long_texts_are_cut_at_a_word(text, shown):
    assert shorten(text, 10) == shown


def test_colours_are_for_terminals_only_and_no_color_switches_them_off():
    assert terminal_of(Tty(), {}).colour
    assert not terminal_of(io.StringIO(), {}).colour
    assert not terminal_of(Tty(), {"NO_COLOR": "1"}).colour
    assert not terminal_of(Tty(), {"TERM": "dumb"}).colour
    assert Terminal(colour=True).paint("x", "bad") == "\x1b[31mx\x1b[0m"
    assert Terminal().paint("x", "bad") == "x"


def test_a_terminal_that_knows_ascii_only_gets_no_other_signs():
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert terminal_of(ascii_only, {}).glyph("●─│“”…") == '*-|""...'
