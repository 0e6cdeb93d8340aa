"""The database: its engine, its tables and their migrations.

What a person said enters only redacted.
"""
