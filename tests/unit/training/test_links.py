"""The fit of the weights of links."""

import numpy as np
import pytest

from training.links import fit


def test_the_fit_finds_the_weights_that_made_the_labels():
    draw = np.random.default_rng(7)
    features = draw.random((20_000, 2))
    chance = 1 / (1 + np.exp(2.0 - 3.0 * features[:, 0] - 1.0 * features[:, 1]))
    labels = (draw.random(20_000) < chance).astype(float)
    assert fit(features, labels) == pytest.approx([3.0, 1.0, -2.0], abs=0.2)


def test_the_same_data_give_the_same_weights():
    features = np.array([[0.1], [0.4], [0.6], [0.9]])
    labels = np.array([0.0, 1.0, 0.0, 1.0])
    assert (fit(features, labels) == fit(features, labels)).all()
