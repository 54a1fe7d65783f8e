"""What all tables of the record are made of: types of columns, and the names of their keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, String

LONGEST_KEY = 256
"""Characters that an indexed string may have (PostgreSQL refuses index rows above 8 kB)."""

# Keys sort by code point on both stores, whatever the language of a PostgreSQL database.
Key = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")
Word = String(32)
# On SQLite only INTEGER names the row id that counts up by itself.
Counter = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
