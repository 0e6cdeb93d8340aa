"""The editions of the content: each as it was published, and the way back to it."""

from __future__ import annotations

from knowledge.editions.edition import SHIPPED, Edition
from knowledge.editions.editions import Draft, DraftIsStale, Editions

__all__ = ["SHIPPED", "Draft", "DraftIsStale", "Edition", "Editions"]
