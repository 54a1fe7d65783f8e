import pytest
import spacy

from training.documents import document, paragraphs, singles
from training.treebank import read

FILE = """# newdoc id = one
# text = They don't sail.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsail\tsail\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tsail\tsail\tVERB\tVB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_
2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "some.conllu"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_token_over_several_words_is_cut_so_that_they_join_to_the_text(file):
    first, _ = read(file)
    assert [word.form for word in first.words] == ["They", "do", "n't", "sail", "."]
    assert [word.spaced for word in first.words] == [True, False, True, False, True]


def test_empty_nodes_are_left_out_and_the_last_sentence_needs_no_blank_line(file):
    assert [len(told.words) for told in read(file)] == [5, 2]


def test_a_paragraph_begins_where_the_file_says(file):
    assert [told.begins_paragraph for told in read(file)] == [True, True]
    assert [len(group) for group in paragraphs(file)] == [1, 1]
    assert [len(group) for group in singles(read(file))] == [1, 1]


def test_a_document_has_the_text_the_tags_and_the_trees(file):
    told = [each.words for each in read(file)]
    doc = document(spacy.blank("en").vocab, told)
    assert doc.text == "They don't sail. Rain fell"
    assert [token.head.text for token in doc] == ["sail"] * 5 + ["fell"] * 2
    assert [token.dep_ for token in doc][3:6] == ["ROOT", "punct", "nsubj"]
    assert [sentence.text for sentence in doc.sents] == ["They don't sail.", "Rain fell"]
