"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["edtf", "evaluation"])
def test_examples_in_docstrings_are_true(name):
    result = doctest.testmod(importlib.import_module(f"service.temporal.{name}"))
    assert result.attempted
    assert not result.failed
