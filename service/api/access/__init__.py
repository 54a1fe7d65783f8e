"""Who may do what: the table, who calls, and the guard at the door."""
