"""What a clause tells: happening, statement, plan or state, by whom it is said, in which words."""
