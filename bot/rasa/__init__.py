"""What runs inside Rasa's own environment, on Python 3.10.

Nothing of the modern environment may enter.
"""
