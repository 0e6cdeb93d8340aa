"""The sources, and what finds its way in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.encoder import Encoder
    from knowledge.errors import ContentError
    from knowledge.findings import Answer, Findings, Gap, Verdict
    from knowledge.knowledge import Knowledge
    from knowledge.library import Document, Library, Passage

__all__ = [
    "Answer",
    "ContentError",
    "Document",
    "Encoder",
    "Findings",
    "Gap",
    "Knowledge",
    "Library",
    "Passage",
    "Verdict",
]

_HOMES = {
    "Answer": "findings",
    "Document": "library",
    "Encoder": "encoder",
    "Findings": "findings",
    "Gap": "findings",
    "Knowledge": "knowledge",
    "ContentError": "errors",
    "Library": "library",
    "Passage": "library",
    "Verdict": "findings",
}


def __getattr__(name: str) -> Any:
    """Names are loaded when used, so that reading a quote's model costs no numpy."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"knowledge.{_HOMES[name]}"), name)
