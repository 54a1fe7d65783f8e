"""Tests: the corpus is the specification, laws are properties, faults are real."""
