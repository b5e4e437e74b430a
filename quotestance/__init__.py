"""Who said what in Italian news, and how they stand toward the other party.

>>> import quotestance
>>> nlp = quotestance.load()
>>> document = nlp("Il ministro ha accusato la Francia di violare i patti.")

Importing the package loads neither torch nor stanza; ``load`` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.errors import ModelNotFoundError, QuotestanceError

if TYPE_CHECKING:
    import stanza

    from quotestance.pipeline import QuoteStance

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Entity",
    "ModelNotFoundError",
    "Quote",
    "QuoteStance",
    "QuotestanceError",
    "Span",
    "Speaker",
    "Stance",
    "load",
]


def load(
    folder: str | Path | None = None,
    *,
    parser: stanza.Pipeline | None = None,
    device: str | None = None,
) -> QuoteStance:
    """Load a pipeline; the same as ``QuoteStance.from_pretrained``.

    Args:
        folder: A model folder; the shipped Italian models when left out.
        parser: A ready ``stanza.Pipeline`` to use instead of the folder's.
        device: A torch device; CUDA where there is one when left out.

    Raises:
        ModelNotFoundError: when the folder or a file in it is missing.
    """
    from quotestance.pipeline import QuoteStance

    return QuoteStance.from_pretrained(folder, parser=parser, device=device)


def __getattr__(name: str) -> Any:
    if name == "QuoteStance":
        from quotestance.pipeline import QuoteStance

        return QuoteStance
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
