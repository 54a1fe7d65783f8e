"""Giving timelines, events and articles out."""
