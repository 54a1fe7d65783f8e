"""When a mention was: the dating ladder, its passages, and the mentions that others point at."""
