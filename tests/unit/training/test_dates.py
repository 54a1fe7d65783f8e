from training.dates import DAYS, MONTHS, find_places, insert, with_dates
from training.treebank import Word


def sentence(*words):
    return tuple(
        Word(form=form, pos=pos, tag=tag, head=head, relation=relation, spaced=True)
        for form, pos, tag, head, relation in words
    )


SAID = sentence(
    ("The", "DET", "DT", 2, "det"),
    ("mayor", "NOUN", "NN", 3, "nsubj"),
    ("opened", "VERB", "VBD", 0, "root"),
    ("the", "DET", "DT", 6, "det"),
    ("new", "ADJ", "JJ", 6, "amod"),
    ("bridge", "NOUN", "NN", 3, "obj"),
    (".", "PUNCT", ".", 3, "punct"),
)


def is_tree(words):
    roots = [word for word in words if word.head == 0]
    return len(roots) == 1 and all(0 <= word.head <= len(words) for word in words)


def test_a_date_hangs_on_the_verb_and_moves_no_other_word():
    places = find_places(SAID)
    assert places
    day = sentence(("Monday", "PROPN", "NNP", 0, "obl:tmod"))
    for place in places:
        dated = insert(SAID, place, day)
        assert is_tree(dated)
        (at,) = [at for at, word in enumerate(dated) if word.form == "Monday"]
        assert dated[dated[at].head - 1].form == "opened"
        others = [word for word in dated if word.form != "Monday"]
        governors = [dated[word.head - 1].form if word.head else "" for word in others]
        assert governors == ["mayor", "opened", "", "bridge", "bridge", "opened", "opened"]


def test_every_dated_sentence_is_a_tree_with_the_words_of_its_own():
    made = list(with_dates([SAID] * 200, 3))
    assert 40 < len(made) < 160
    assert all(is_tree(each) for each in made)
    forms = {word.form for each in made for word in each}
    assert forms & {*DAYS, *MONTHS}
    for each in made:
        rest = [word.form.lower() for word in each]
        assert all(word.form.lower() in rest for word in SAID)


def test_the_same_seed_gives_the_same_sentences_and_another_does_not():
    assert list(with_dates([SAID] * 30, 3)) == list(with_dates([SAID] * 30, 3))
    assert list(with_dates([SAID] * 30, 3)) != list(with_dates([SAID] * 30, 4))


def test_sentences_too_short_for_a_date_get_none():
    assert list(with_dates([SAID[:3]] * 50, 3)) == []
