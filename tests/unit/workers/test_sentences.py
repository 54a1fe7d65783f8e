import pytest

from workers.grammar.analysis import build
from workers.text.paragraphs import split_paragraphs
from workers.text.sentences import join_within


@pytest.fixture(scope="module")
def analyser():
    return build()


def split(analyser, text):
    (sentences,) = analyser.analyse([text])
    return [text[each.start : each.end] for each in sentences]


@pytest.mark.parametrize(
    "expected",
    [
        ["It burned.", "It was put out."],
        ["Mr. Ames met Dr. Bole at St. Ann on Jan. 5.", "They left."],
        ["The U.S. Army left at 11 a.m. Tuesday.", "It came back."],
        ["They live in the U.S.", "The group left."],
        ["J. R. Ames came first."],
        ["“We will go,” he said.", "“We must.”", "They went."],
        ['He said "We will go."', "The others stayed."],
        ["“Why now?” Ames asked.", "Nobody knew."],
        ["It fell … then it rose.", "It held."],
        ["It fell... Then it rose."],
        ["Profits rose 3.5 per cent to $4.2 million.", "Shares fell."],
        ["He left (by train.)", "She stayed."],
        ["Is it over?", "It is!", "Good."],
    ],
)
def test_sentences_end_where_readers_end_them(analyser, expected):
    text = " ".join(expected)
    if "..." in text:
        expected = ["It fell...", "Then it rose."]
    assert split(analyser, text) == expected


def test_pretokenised_text_keeps_its_offsets(analyser):
    text = "Ames ’ s dog came at 11: 11 GMT . ' No , ' he said . Mr. Bole . . . left ."
    assert split(analyser, text) == [
        "Ames ’ s dog came at 11: 11 GMT .",
        "' No , ' he said .",
        "Mr. Bole . . . left .",
    ]


def test_tokens_stand_where_they_say(analyser):
    text = "\n  “Zoë’s café” burned,\r\n\r\nsaid 1,200 people.\u2028New line 😀 here."
    (sentences,) = analyser.analyse([text])
    for sentence in sentences:
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
        assert sentence.start == sentence.tokens[0].start
        assert sentence.end == sentence.tokens[-1].end


def test_every_text_of_a_batch_gets_its_own_sentences(analyser):
    assert [len(each) for each in analyser.analyse(["One. Two.", "", "Three."])] == [2, 0, 1]


def paragraphs(text):
    return [text[each.start : each.end] for each in split_paragraphs(text)]


def test_each_line_is_a_paragraph_when_lines_are_long_or_short():
    text = "Headline\nA first paragraph that goes on for a while.\n\n  A second one.  \r\nThird."
    assert paragraphs(text) == [
        "Headline",
        "A first paragraph that goes on for a while.",
        "A second one.",
        "Third.",
    ]


def test_hard_wrapped_lines_are_joined():
    text = (
        "The line was wrapped at a width of forty\n"
        "characters in this text, which means that\n"
        "the breaks do not end any paragraphs at\n"
        "all.\n"
        "Another paragraph begins here, which was\n"
        "wrapped again."
    )
    assert [each.splitlines()[0][:12] for each in paragraphs(text)] == [
        "The line was",
        "Another para",
    ]


def test_a_blank_line_ends_a_paragraph_of_wrapped_text():
    wrapped = (
        "The line was wrapped at a width of forty\n"
        "characters in this text, which means that\n"
        "breaks do not end any of the paragraphs\n"
        "here, although there are several breaks.\n\n"
        "But this one did, since it is not blank."
    )
    assert len(paragraphs(wrapped)) == 2


def test_blank_text_has_no_paragraphs():
    assert paragraphs(" \n\t\r\n ") == []


def texts_of(text, *phrases):
    spans = [(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases]
    (sentences,) = build().analyse([text])
    return [text[each.start : each.end] for each in join_within(sentences, spans)]


def test_a_sentence_never_ends_within_an_expression():
    text = "Der Streik begann am 3. Oktober 2025. Er endete am 5. Mai. Gut."
    assert texts_of(text, "3. Oktober 2025", "5. Mai") == [
        "Der Streik begann am 3. Oktober 2025.",
        "Er endete am 5. Mai.",
        "Gut.",
    ]


def test_expressions_inside_sentences_join_nothing():
    text = "It began on Monday. It ended on Tuesday. Nobody knew."
    assert len(texts_of(text, "Monday", "Tuesday")) == 3
