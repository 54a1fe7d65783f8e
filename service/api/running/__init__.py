"""Running the service: its server, what it watches, and its manual."""
