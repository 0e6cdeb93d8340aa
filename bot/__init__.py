"""First Principles: safeguarding guidance, word for word. Each package says what lives in it."""

__version__ = "0.2.0"
