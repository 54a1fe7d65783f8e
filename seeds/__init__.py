"""Sample articles of our own writing, and a plain HTTP client that loads them."""
