"""Timelines in the formats of other tools: pure functions from event documents to text."""
