"""Pages for people: timelines to read, articles to paste, and why each date is what it is."""
