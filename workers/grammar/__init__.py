"""From sentences to clauses: the door of spaCy, trees as plain data, their mending and reading."""
