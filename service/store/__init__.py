"""The record: articles, mentions, events and changes in SQL."""
