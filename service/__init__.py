"""Event Timelines: from news articles to one sourced chronology. Every room is imported by name."""
