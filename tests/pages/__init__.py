"""Pages in the forms of real outlets, with text of our own: what is theirs, what is furniture."""
