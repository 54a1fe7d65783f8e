"""Articles in forms that others made, read as ours: which form is it, which field is which."""
