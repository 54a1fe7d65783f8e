"""The documents of API.md as marshmallow schemas: they check what comes in and describe all."""
