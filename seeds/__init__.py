"""Sample articles of our own writing, and a plain HTTP client that loads them.

The outlets, the river and the port are invented. The articles about the Iranian soldier retell
publicly reported facts in our own sentences; the outlets that tell them here are invented, too.
"""
