"""Finding personal data in a message, and taking it out.

No storage, no Rasa.
"""
