"""Our values as the JSON documents of the HTTP contract. Pure."""
