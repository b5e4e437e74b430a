"""From annotated articles to items that the labeller trains on."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from quotestance.document import Document
from quotestance.extraction import Extraction, extract
from quotestance.labelling.collator import Item
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.encoding import encode
from quotestance.labelling.reading import Reading, Trunk
from quotestance.parsing import Parse
from quotestance.training.targets import find_targets

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """An annotated article, ready for training.

    Attributes:
        document: The article with its annotation.
        extraction: What the rules find in it.
        items: One for each candidate, in order.
    """

    document: Document
    extraction: Extraction
    items: tuple[Item, ...]


class ParseCache:
    """Remembers parses on disk, because parsing takes longer than an epoch's first steps.

    Args:
        parser: Makes the parse of a text that is not remembered.
        folder: Where parses lie, by the hash of their text; None remembers nothing. The parser is not
            part of the key: give a folder of its own to each.
    """

    def __init__(self, parser: Callable[[str], Parse], folder: Path | None = None) -> None:
        self.parser = parser
        self.folder = folder

    def __call__(self, text: str) -> Parse:
        """Return the parse of a text."""
        if self.folder is None:
            return self.parser(text)
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        file = self.folder / f"{key}.pickle"
        if file.is_file():
            parse = pickle.loads(file.read_bytes())
            if isinstance(parse, Parse) and parse.text == text:
                return parse
        parse = self.parser(text)
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(parse))
        return parse


def prepare(
    documents: Iterable[Document],
    parse: Callable[[str], Parse],
    trunk: Trunk,
    config: LabellerConfig,
) -> list[Prepared]:
    """Parse, extract, read and encode annotated articles, and tell what is right for each candidate.

    The trunk's states are kept in half precision: they are the input of every epoch.
    """
    prepared = []
    for document in documents:
        extraction = extract(parse(document.text))
        reading = trunk.read(document.text)
        examples = encode(extraction, reading, config)
        kept = Reading(reading.starts, reading.ends, reading.states.to(torch.float16))
        targets = find_targets(document, extraction, examples, config.stance_names)
        items = tuple(
            Item(example, kept, target) for example, target in zip(examples, targets, strict=True)
        )
        prepared.append(Prepared(document, extraction, items))
        if len(prepared) % 50 == 0:
            log.info("prepared %d articles", len(prepared))
    return prepared
