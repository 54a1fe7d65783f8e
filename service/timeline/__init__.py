"""Mentions in, events out. Pure."""
