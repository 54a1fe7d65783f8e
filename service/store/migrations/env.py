"""Runs the migrations on the connection and in the transaction that `schema.migrate` opened."""

from __future__ import annotations

from alembic import context

from service.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,  # that of all tables
    # SQLite rolls DDL back too, once the transaction is really begun, which `engine` sees to.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
