import pytest

from workers.text.layout import Role, lay_out

BODY = (
    "The old bridge across the Wend collapsed early on Tuesday, the council of Aldwick said. "
    "Nobody was hurt."
)
MORE = "Divers searched the river for two days and found no cars, the council's engineer told us."
LAST = "The council will decide in April whether a new bridge is built at the same place at all."
CAPTION = "Divers of the fire brigade search the Wend below the fallen bridge on Tuesday."


def roles(text, title=None):
    """(role, why, words) of every block."""
    return [(each.role, each.why, text[each.start : each.end]) for each in lay_out(text, title)]


def kept(text, title=None):
    return [words for role, _, words in roles(text, title) if role is Role.PROSE]


def left_out(text, title=None):
    skipped = {Role.FURNITURE, Role.HEADING}
    return {words: why for role, why, words in roles(text, title) if role in skipped}


def page(*lines):
    return "\n\n".join(lines)


def test_blocks_hold_all_words_in_order():
    text = page("Old bridge collapses in Aldwick", BODY, "What comes next", MORE, LAST)
    blocks = lay_out(text)
    assert "".join(text[each.start : each.end] for each in blocks) == text.replace("\n\n", "")


def test_the_first_copy_of_the_headline_is_evidence_and_later_ones_are_not():
    headline = "Old bridge collapses in Aldwick"
    text = page("news", headline, "old-bridge-collapses-in-aldwick", headline, BODY, MORE)
    found = roles(text)
    assert found[0][:2] == (Role.FURNITURE, "line above the headline")
    assert found[1][0] is Role.HEADLINE
    assert found[2][1] == "slug of a headline"
    assert found[3][1] == "copy of the headline"
    assert kept(text) == [BODY, MORE]


def test_the_headline_is_the_line_that_the_text_repeats():
    text = page("Studio Wendmann", "Aldwick bridge collapses over the Wend", BODY, MORE)
    assert roles(text)[1][0] is Role.HEADLINE


def test_a_posted_title_names_the_headline():
    text = page("Some kicker with five words", "Bridge falls", BODY)
    assert roles(text, "Bridge falls")[1][0] is Role.HEADLINE
    assert roles(text, "Bridge FALLS!")[1][0] is Role.HEADLINE


def test_a_title_with_the_outlet_behind_it_names_the_headline():
    text = page("Bridge falls in old Aldwick", BODY)
    assert roles(text, "Bridge falls in old Aldwick - Wend News")[0][0] is Role.HEADLINE


@pytest.mark.parametrize(
    "line",
    ["By Ann Weller", "3 March 2026", "Updated 9:40 a.m. GMT", "Aldwick, March 3 -", "5 min read"],
)
def test_short_lines_between_headline_and_text_are_furniture(line):
    assert line in left_out(page("Old bridge collapses in Aldwick", line, BODY, MORE))


def test_section_headings_are_left_out_and_sentences_are_not():
    text = page("Old bridge collapses in Aldwick", BODY, "What the Engineers Found", MORE, LAST)
    assert left_out(text) == {"What the Engineers Found": "section heading"}


def test_credits_are_cut_from_captions():
    lines = [
        "Jo Lund/Wend News",
        "Wend News via Getty Images",
        "(WNA Photo/Jo Lund)",
        "Getty Images",
    ]
    for line in lines:
        found = roles(
            page("Old bridge collapses in Aldwick", BODY, f"{CAPTION} {line}", MORE, LAST)
        )
        assert (Role.CAPTION, "", CAPTION) in found
        assert (Role.FURNITURE, "credit of a picture", line) in found


def test_an_abbreviation_before_a_name_is_no_credit():
    line = "The bridge was built by engineers of the U.S. Army"
    assert Role.CAPTION not in {role for role, _, _ in roles(page(BODY, line, MORE))}


def test_a_shorter_copy_and_a_description_above_a_caption_are_furniture():
    long = f"{CAPTION} Jo Lund/Wend News"
    assert left_out(page(BODY, "Divers of the fire brigade search the Wend", long, MORE)) == {
        "Divers of the fire brigade search the Wend": "shorter copy of a caption",
        "Jo Lund/Wend News": "credit of a picture",
    }
    described = "Divers standing beside the fallen bridge."
    assert left_out(page(BODY, described, long, MORE))[described] == "description of a picture"


def test_prose_above_a_caption_stays_prose():
    told = "Two boats were called from the harbour."
    assert told in kept(page(BODY, told, f"{CAPTION} Jo Lund/Wend News", MORE))


def test_labelled_captions_are_captions():
    found = roles(page(BODY, "Photo: the bridge in 1960, before it was painted.", MORE, LAST))
    assert found[1][0] is Role.CAPTION


def test_what_follows_the_text_is_furniture():
    tail = [
        "Leave a Reply",
        "mayor-of-aldwick-wins-the-annual-race",
        "Mayor of Aldwick wins the annual race over the hills for the third time",
        "More Pictures",
        "This report was made with the help of Wend News.",
        "Share this with a friend who likes bridges",
    ]
    text = page("Old bridge collapses in Aldwick", BODY, MORE, *tail)
    assert kept(text) == [BODY, MORE]
    assert set(left_out(text)) == set(tail)


def test_a_short_last_sentence_is_prose():
    assert kept(page(BODY, MORE, "He was 91."))[-1] == "He was 91."


def test_an_aside_behind_the_last_sentence_does_not_open_it():
    line = "The car was a silver van. (Wend News)"
    assert line not in left_out(page(BODY, MORE, line))


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter to get the best stories of the valley every single morning.",
        "Follow us for more news from Aldwick and the whole valley of the Wend all year round.",
        "© 2026 Wend News. All rights reserved, in this valley and in every other one there is.",
    ],
)
def test_calls_to_the_reader_are_furniture_wherever_they_stand(line):
    assert line in left_out(page("Old bridge collapses in Aldwick", BODY, line, MORE, LAST))


def test_headlines_of_other_stories_inside_the_text_are_furniture():
    other = "Mayor of Aldwick Wins the Annual Race Over the Hills for a Third Time"
    label = "READ ALSO: Mayor wins race"
    text = page("Old bridge collapses in Aldwick", BODY, other, label, MORE, LAST)
    assert set(left_out(text).values()) == {"headline of another story"}


@pytest.mark.parametrize("text", ["Protests began in late December 2025", "Sie kamen am 3. März"])
def test_a_single_open_line_is_evidence(text):
    assert {role for role, _, _ in roles(text)} <= {Role.HEADLINE, Role.PROSE}


def test_lines_of_a_script_without_full_stops_are_prose():
    text = "เกิดเหตุเพลิงไหม้โกดังข้าวในท่าเรือเมื่อวันอังคาร\nไม่มีผู้ได้รับบาดเจ็บจากเหตุการณ์นี้"
    assert Role.FURNITURE not in {role for role, _, _ in roles(text)}


@pytest.mark.parametrize("text", ["", " \n ", "...", "—", "\u200b"])
def test_texts_without_words_have_no_evidence_worth_losing(text):
    lay_out(text, "A title")


@pytest.mark.parametrize(
    "line",
    [
        "Get the best of the coast in your inbox every morning.",
        "Subscribe to continue reading.",
        "Already a subscriber? Log in.",
        "Your email address will not be published. Required fields are marked *",
        "We use cookies to improve your experience.",
        "By continuing to use this site you agree to our use of cookies.",
        "All rights reserved.",
        "This story was written by a reporter of the Gazette and edited by its desk.",
        "Enjoying this article? Support independent news.",
        "Have you been affected? Contact us at news@example.org.",
        "Thank you for reading.",
        "Image caption, The bridge before it fell",
        "5 min read",
        "Home / News / Local",
        "Read more: Council closes second bridge",
        "Comments (12)",
        "You may also like",
    ],
)
def test_what_a_page_says_of_itself_is_furniture(line):
    assert line in left_out(page("Old bridge collapses in Aldwick", BODY, line, MORE, LAST))
