"""The way out: requests to addresses that others chose, none of which is inside our own network."""
