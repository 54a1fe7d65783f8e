"""Taking articles in, correcting them, and waiting for their reading."""
