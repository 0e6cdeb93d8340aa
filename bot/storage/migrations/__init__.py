"""The database's changes, one after another, as alembic runs them."""
