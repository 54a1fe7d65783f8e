"""Fixtures that start real servers for one test session and stop them surely."""
