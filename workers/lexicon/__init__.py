"""Word lists as data, and their typed doors: verbs, triggers, cues, names, places, numbers."""
