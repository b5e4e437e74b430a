"""Which part of the authored corpus an article belongs to."""

from __future__ import annotations

import re
from typing import Literal, get_args

Split = Literal["train", "validation", "test"]

SPLITS: tuple[Split, ...] = get_args(Split)

_ID = re.compile(r"[a-z]+-(\d{3})")
_LAST: dict[Split, int] = {"train": 30, "validation": 34, "test": 40}  # of the first writing


def split_of(document_id: str) -> Split:
    """Return the split of an article of the authored corpus.

    Its ids are ``dip-001`` and so on in every domain: 001-030 are for training, 031-034 for
    validation, 035-040 for the test; what was written later, from 041 on, is for training.

    Raises:
        ValueError: when the id is not of that form.
    """
    match = _ID.fullmatch(document_id)
    number = int(match[1]) if match else 0
    if not number:
        raise ValueError(
            f"the id {document_id!r} belongs to no split; ids are like 'dip-001', numbers from 001 on"
        )
    return next((split for split in SPLITS if number <= _LAST[split]), "train")
