import lzma

import numpy as np
import pytest
import spacy
import srsly

from training.pack import pack
from workers.grammar.packed import recast, unpack


@pytest.fixture(scope="module")
def small():
    """A tiny pipeline with weights as they fell."""
    nlp = spacy.blank("en")
    narrow = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None}
    size = {"width": 8, "depth": 1, "embed_size": 40, "window_size": 1, "maxout_pieces": 2}
    model = narrow | size | {"subword_features": True}
    nlp.add_pipe("tok2vec", config={"model": model})
    tagger = nlp.add_pipe("tagger")
    parser = nlp.add_pipe("parser")
    for label in ("NN", "VBD"):
        tagger.add_label(label)
    for label in ("nsubj", "obj"):
        parser.add_label(label)
    nlp.initialize()
    return nlp


def test_a_packed_pipeline_reads_as_the_one_that_was_packed(small):
    again = unpack(pack(small))
    text = "Rain fell on the harbour. Boats sank."
    first, second = small(text), again(text)
    assert again.pipe_names == small.pipe_names
    assert [token.tag_ for token in second] == [token.tag_ for token in first]
    assert [token.head.i for token in second] == [token.head.i for token in first]


def test_the_same_weights_give_the_same_bytes_even_after_use(small):
    packed = pack(small)
    small("Zanzibar quivered.")
    assert pack(small) == packed
    assert pack(unpack(packed)) == packed


def test_no_word_that_was_read_is_packed(small):
    small("Zanzibar quivered.")
    assert b"Zanzibar" not in lzma.decompress(pack(small))


def test_another_format_is_refused(small):
    packed = srsly.msgpack_loads(lzma.decompress(pack(small)))
    other = lzma.compress(srsly.msgpack_dumps(packed | {"format": 0}))
    with pytest.raises(ValueError, match="format 0: 1 is read"):
        unpack(other)


def test_only_floats_change_their_width():
    nested = {"a": [np.ones(2, np.float32), np.ones(2, np.int64)], "b": b"x", "c": 1.5}
    found = recast(nested, np.float16)
    assert [each.dtype for each in found["a"]] == [np.float16, np.int64]
    assert (found["b"], found["c"]) == (b"x", 1.5)
