"""Readers of the files that a policy officer edits, with one error that names file and line.

No HTTP, no storage, no Rasa.
"""
