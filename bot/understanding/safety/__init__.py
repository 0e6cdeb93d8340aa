"""Whether a message tells of danger: word patterns, and a classifier beside them.

No storage, no Rasa.
"""
