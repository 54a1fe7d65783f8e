import pytest

from workers.text.credits import read_credits


@pytest.mark.parametrize(
    "text,expected",
    [
        ("The sale failed, based on reporting by the Daily Echo.", ["daily echo"]),
        ("This story is based on a story by AFP.", ["agence france presse"]),
        ("It is based on reports by the Daily Echo and others.", ["daily echo"]),
        ("The Daily Echo first reported the sale.", ["daily echo"]),
        ("The sale, as first reported by Reuters, failed.", ["reuters"]),
        ("The Lerwick Herald was the first to report the sale.", ["lerwick herald"]),
        ("This story originally appeared in the Lerwick Herald.", ["lerwick herald"]),
        ("LIMA (Reuters) - A bridge fell.", ["reuters"]),
        ("LIMA, Jan. 4 (AP) — A bridge fell.", ["associated press"]),
        ("A bridge fell.\n\nAFP", ["agence france presse"]),
        ("A bridge fell.\n\nSource: Xinhua", ["xinhua"]),
        # No credits: who contributed, who said one thing, who reported a crime, places, reporters.
        ("A bridge fell. Reuters contributed to this report.", []),
        ("A bridge fell, Reuters said.", []),
        ("Police first reported a fire at nine.", []),
        ("They moved based on reports of shooting.", []),
        ("LIMA (Peru) - A bridge fell.", []),
        ("By Olav Hansen\n\nA bridge fell.", []),
        ("", []),
    ],
)
def test_an_article_names_those_whose_reporting_it_retells(text, expected):
    assert read_credits(text) == tuple(expected)


def test_each_outlet_is_named_once_in_one_spelling():
    text = "LIMA (AP) - A bridge fell, as first reported by The Associated Press.\n\nAP"
    assert read_credits(text) == ("associated press",)
