"""Persian as clauses: verbs at their ends, who says what, whom and what they name and count."""
