"""From annotated articles to items that the labeller trains on."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from quotestance.document import Document
from quotestance.extraction import Extraction, extract
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_collator import QuoteItem
from quotestance.labelling.quote_encoding import encode
from quotestance.labelling.reading import Reading
from quotestance.labelling.stance_collator import StanceItem, read_examples
from quotestance.parsing import Parse
from quotestance.training.quote_targets import quote_targets
from quotestance.training.recipes import STAGES, Stage
from quotestance.training.stance_targets import annotated_discourse, stance_labels

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """An annotated article, ready for training.

    Attributes:
        document: The article with its annotation.
        extraction: What the rules find in it.
        quotes: An item for each candidate, in order.
        stances: An item for each annotated quote that the rules find, with its annotated speaker.
    """

    document: Document
    extraction: Extraction
    quotes: tuple[QuoteItem, ...]
    stances: tuple[StanceItem, ...]


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
    labeller: Labeller,
    stages: Collection[Stage] = STAGES,
) -> list[Prepared]:
    """Parse, extract, read and encode annotated articles, and tell what is right for each item.

    The trunks' states are kept in half precision: they are the input of every epoch.

    Args:
        documents: Annotated articles.
        parse: Makes the parse of a text.
        labeller: Its trunks read, its configurations tell the size of the windows.
        stages: For which stages items are made.
    """
    prepared = []
    for document in documents:
        extraction = extract(parse(document.text))
        prepared.append(
            Prepared(
                document,
                extraction,
                _quote_items(document, extraction, labeller) if "quotes" in stages else (),
                _stance_items(document, extraction, labeller) if "stances" in stages else (),
            )
        )
        if len(prepared) % 50 == 0:
            log.info("prepared %d articles", len(prepared))
    return prepared


def _quote_items(
    document: Document, extraction: Extraction, labeller: Labeller
) -> tuple[QuoteItem, ...]:
    stage = labeller.quotes
    reading = stage.trunk.read(document.text)
    examples = encode(extraction, reading, stage.model.config)
    kept = Reading(reading.starts, reading.ends, reading.states.to(torch.float16))
    targets = quote_targets(document, extraction, examples)
    return tuple(
        QuoteItem(example, kept, target) for example, target in zip(examples, targets, strict=True)
    )


def _stance_items(
    document: Document, extraction: Extraction, labeller: Labeller
) -> tuple[StanceItem, ...]:
    stage = labeller.stances
    discourse, quotes, owner = annotated_discourse(document, extraction)
    examples = stage.encode(discourse)
    names, settled = stage.model.config.stance_names, discourse.extraction
    return tuple(
        StanceItem(example, states, stance_labels(quote, example.parties, settled, owner, names))
        for quote, example, states in zip(
            quotes, examples, read_examples(stage.trunk, examples), strict=True
        )
    )
