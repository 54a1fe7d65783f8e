"""Examples of the documents, as OpenAPI shows them, one file a topic."""
