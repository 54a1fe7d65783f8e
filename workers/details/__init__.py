"""What a mention carries besides its words: participants, places and figures."""
