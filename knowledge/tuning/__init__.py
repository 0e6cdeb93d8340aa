"""Tuning the retrieval vector, so that passages are found that nobody has written a question for.

Only `python -m knowledge.tuning` writes its layers. Nothing here is needed to answer.
"""
