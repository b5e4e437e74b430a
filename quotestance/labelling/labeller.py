"""The labeller at work: articles with their extraction in, documents with quotes out."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from quotestance.document import Document
from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.collator import Item, LabellerCollator
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.decoding import Labelled, Logits, decode, label
from quotestance.labelling.encoding import ExampleEncoder
from quotestance.labelling.model import QuoteLabeller
from quotestance.labelling.reading import Trunk
from quotestance.model_files import require_files

if TYPE_CHECKING:
    from quotestance.loading import Base

_TOKENS_PER_BATCH = 6144


class Labeller:
    """Labels the candidates of articles.

    Args:
        model: The fine-tuned transformer.
        trunk: The frozen lower layers on which it stands.
    """

    def __init__(self, model: QuoteLabeller, trunk: Trunk) -> None:
        self.model = model.eval()
        self.trunk = trunk
        self.collate = LabellerCollator()

    @classmethod
    def load(cls, base: Base) -> Labeller:
        """Load the labeller of a model folder.

        Args:
            base: The encoder and parser of the same folder.

        Raises:
            ModelNotFoundError: when a file is missing.
        """
        folder = base.folder / "labeller"
        require_files([folder / "config.json", folder / "model.safetensors"])
        model = QuoteLabeller.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        trunk = Trunk(base.encoder, base.tokenizer, model.config.trunk_layers)
        return cls(nn.Module.to(model, torch.device(base.device)), trunk)

    @classmethod
    def new(cls, base: Base, config: LabellerConfig) -> Labeller:
        """Make an untrained labeller: the encoder's upper layers with fresh heads.

        Args:
            base: The encoder on which it will stand.
            config: Its configuration; the encoder's is filled in.
        """
        config = LabellerConfig(**{**config.to_dict(), "encoder_config": base.encoder.config})
        model = QuoteLabeller(config)
        whole: Any = base.encoder
        upper = list(whole.encoder.layer)[config.trunk_layers :][: config.upper_layers]
        for own, given in zip(model.reader.layer, upper, strict=True):
            own.load_state_dict(given.state_dict())
        trunk = Trunk(base.encoder, base.tokenizer, config.trunk_layers)
        return cls(nn.Module.to(model, torch.device(base.device)), trunk)

    def save(self, folder: str | Path) -> None:
        """Save the transformer and its configuration, in half precision."""
        copy.deepcopy(self.model).half().save_pretrained(folder)

    def __call__(self, articles: Sequence[tuple[Document, Extraction]]) -> list[Document]:
        """Return the documents with their quotes and entities."""
        return [
            decode(document, extraction, labelled, self.model.config)
            for (document, extraction), labelled in zip(
                articles, self.label([extraction for _, extraction in articles]), strict=True
            )
        ]

    def label(self, extractions: Sequence[Extraction]) -> Iterator[list[Labelled]]:
        """Yield the labelled candidates of each article."""
        items: list[Item] = []
        candidates: list[Candidate] = []
        sizes: list[int] = []
        for extraction in extractions:
            reading = self.trunk.read(extraction.parse.text)
            encoder = ExampleEncoder(extraction, reading, self.model.config)
            items.extend(Item(encoder.encode(c), reading) for c in extraction.candidates)
            candidates.extend(extraction.candidates)
            sizes.append(len(extraction.candidates))
        logits = self.logits(items)
        labelled = [
            label(candidate, item.example, found, self.model.config)
            for candidate, item, found in zip(candidates, items, logits, strict=True)
        ]
        start = 0
        for size in sizes:
            yield labelled[start : start + size]
            start += size

    def label_toward(self, extraction: Extraction, candidate: Candidate, cluster: int) -> Labelled:
        """Label one candidate, with an entity that must be among those asked about."""
        reading = self.trunk.read(extraction.parse.text)
        encoder = ExampleEncoder(extraction, reading, self.model.config)
        example = encoder.encode(candidate, wanted=(cluster,))
        [logits] = self.logits([Item(example, reading)])
        return label(candidate, example, logits, self.model.config)

    @torch.inference_mode()
    def logits(self, items: Sequence[Item]) -> list[Logits]:
        """Run the model over items, those of like length together, and return logits in their order."""
        order = sorted(range(len(items)), key=lambda i: len(items[i].example.tokens))
        found: dict[int, Logits] = {}
        while order:
            longest = len(items[order[-1]].example.tokens)
            count = max(1, _TOKENS_PER_BATCH // longest)
            rows, order = order[-count:], order[:-count]
            batch = self.collate([items[i] for i in rows])
            output = self.model(**{k: v.to(self.model.device) for k, v in batch.items()})
            arrays = [
                t.float().cpu().numpy() for t in (output.choice, output.speaker, output.stance)
            ]
            for place, row in enumerate(rows):
                example = items[row].example
                found[row] = Logits(
                    choice=arrays[0][place, : 1 + len(example.contents)],
                    speaker=arrays[1][place, : len(example.mention_ids)],
                    stance=arrays[2][place, : len(example.entity_ids)],
                )
        return [found[i] for i in range(len(items))]
