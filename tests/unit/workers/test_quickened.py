"""The quickened pipeline reads what the loaded one reads."""

from workers.grammar.analysis import SpacyAnalyser, build
from workers.grammar.packed import load_english
from workers.grammar.quickened import hold_to_one_thread

TEXT = (
    "The old town hall of Aldwick burned down on Tuesday, the mayor said, killing two guards.\n"
    "Prosecutors had accused three men of setting fires; they were charged with arson in May. "
    "Police are searching the biggest houses, which were emptied after the fire broke out."
)


def test_trees_are_those_of_the_loaded_pipeline():
    loaded, quick = SpacyAnalyser(load_english()), build()
    (sentences,) = loaded.analyse([TEXT])
    assert quick.analyse([TEXT]) == (sentences,)
    assert [tree.nodes for tree in quick.trees(sentences)] == [
        tree.nodes for tree in loaded.trees(sentences)
    ]


def test_the_blas_of_numpy_works_on_one_thread():
    assert hold_to_one_thread()
