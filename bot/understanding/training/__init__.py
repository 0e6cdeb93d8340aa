"""Training what reads a message: the encoder's upper layers and the heads on them.

Only `python -m bot.understanding.training` writes them. Nothing here is needed to answer.
"""
