"""A quick check that a text is Italian, before models that read nothing else."""

from __future__ import annotations

import re

# The most frequent Italian function words that are none in English, French, Spanish or German.
_ITALIAN = frozenset(
    """
    il lo gli di del della dei delle degli dal dalla nel nella sul sulla che è sono ha hanno con per
    non più anche come questo questa suo sua dopo ma alla alle agli ai
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 20  # fewer tell nothing
_LEAST_SHARE = 0.08  # in Italian news about a third of the words are such
_LOOKED_AT = 20_000  # characters


def looks_italian(text: str) -> bool:
    """Tell whether a text may be Italian; short texts always may.

    Args:
        text: Any text; only its beginning is looked at.
    """
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if len(words) < _LEAST_WORDS:
        return True
    return sum(word in _ITALIAN for word in words) / len(words) >= _LEAST_SHARE
