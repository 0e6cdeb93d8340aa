"""The editions of the content: each as it was published, and the way back to it."""

from __future__ import annotations

from knowledge.editions.changes import Change, ChangedFile
from knowledge.editions.draft_branch import DraftChange, DraftMoved, WaitingDraft
from knowledge.editions.drafts import ClashFolders, Drafts
from knowledge.editions.edition import SHIPPED, Edition, as_shipped
from knowledge.editions.editions import DraftIsStale, EditionDraft, Editions
from knowledge.editions.troubles import EditionsUnusable

__all__ = [
    "SHIPPED",
    "Change",
    "ChangedFile",
    "ClashFolders",
    "DraftChange",
    "DraftIsStale",
    "DraftMoved",
    "Drafts",
    "Edition",
    "EditionDraft",
    "Editions",
    "EditionsUnusable",
    "WaitingDraft",
    "as_shipped",
]
