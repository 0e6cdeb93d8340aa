"""Whether a message tells of danger: what the whole of it means, and cries in other languages.

No storage, no Rasa.
"""
