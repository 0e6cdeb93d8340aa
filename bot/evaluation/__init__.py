"""How good search and conversations are, on questions whose answers are known.

Nothing that serves people imports it.
"""
