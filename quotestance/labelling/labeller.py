"""The labeller at work: articles with their extraction in, documents with quotes out."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from transformers import PreTrainedModel

from quotestance.document import Document
from quotestance.extraction import Extraction
from quotestance.labelling.decoding import Labelled, attribute, decode
from quotestance.labelling.discourse import Discourse
from quotestance.labelling.linking import find_links, follow_links
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_model import QuoteLabeller
from quotestance.labelling.quote_stage import QuoteStage
from quotestance.labelling.reading import Trunk
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_model import StanceLabeller
from quotestance.labelling.stance_stage import StanceStage
from quotestance.model_files import require_files

if TYPE_CHECKING:
    from quotestance.loading import Base

_STANCE = "stance"  # folder of the stance labeller in that of the labeller
_FILES = ("config.json", "model.safetensors")


class Labeller:
    """Labels the candidates of articles: first the quotes and their speakers, then their stances.

    Args:
        quotes: Tells quotes and speakers.
        stances: Tells targets and stances.
    """

    def __init__(self, quotes: QuoteStage, stances: StanceStage) -> None:
        self.quotes = quotes
        self.stances = stances

    @classmethod
    def load(cls, base: Base) -> Labeller:
        """Load the labeller of a model folder.

        Args:
            base: The encoder and parser of the same folder.

        Raises:
            ModelNotFoundError: when a file is missing.
        """
        folder = base.folder / "labeller"
        require_files([place / name for place in (folder, folder / _STANCE) for name in _FILES])
        options: dict[str, Any] = {"dtype": torch.float32, "local_files_only": True}
        return cls._of(
            base,
            QuoteLabeller.from_pretrained(folder, **options),
            StanceLabeller.from_pretrained(folder / _STANCE, **options),
        )

    @classmethod
    def new(cls, base: Base, quotes: QuoteConfig, stances: StanceConfig) -> Labeller:
        """Make an untrained labeller: the encoder's upper layers with fresh heads.

        Args:
            base: The encoder on which it will stand.
            quotes: Configuration of the first stage; the encoder's is filled in.
            stances: The same of the second.
        """
        given = {"encoder_config": base.encoder.config}
        quote_model = QuoteLabeller(QuoteConfig(**{**quotes.to_dict(), **given}))
        stance_model = StanceLabeller(StanceConfig(**{**stances.to_dict(), **given}))
        for model in (quote_model, stance_model):
            _copy_layers(base.encoder, model)
        return cls._of(base, quote_model, stance_model)

    @classmethod
    def _of(cls, base: Base, quotes: QuoteLabeller, stances: StanceLabeller) -> Labeller:
        device = torch.device(base.device)
        first, second = (
            Trunk(base.encoder, base.tokenizer, model.config.trunk_layers)
            for model in (quotes, stances)
        )
        return cls(
            QuoteStage(nn.Module.to(quotes, device), first),
            StanceStage(nn.Module.to(stances, device), second),
        )

    def save(self, folder: str | Path) -> None:
        """Save the transformers and their configurations, in half precision."""
        for model, place in (
            (self.quotes.model, Path(folder)),
            (self.stances.model, Path(folder) / _STANCE),
        ):
            copy.deepcopy(model).half().save_pretrained(place)

    def __call__(self, articles: Sequence[tuple[Document, Extraction]]) -> list[Document]:
        """Return the documents with their quotes and entities."""
        told = self.attribute([extraction for _, extraction in articles])
        stances = self.stances.label([discourse for _, discourse in told])
        return [
            decode(document, discourse, kept, found, self.stances.model.config)
            for (document, _), (kept, discourse), found in zip(articles, told, stances, strict=True)
        ]

    def attribute(
        self, extractions: Sequence[Extraction]
    ) -> list[tuple[list[Labelled], Discourse]]:
        """Return the quotes of each article with their speakers: what the first stage tells."""
        model = self.quotes.model
        told = []
        for extraction, labelled in zip(extractions, self.quotes.label(extractions), strict=True):
            kept, discourse = attribute(extraction, labelled, model.config)
            told.append(follow_links(kept, discourse, find_links(discourse.extraction, model)))
        return told


def _copy_layers(encoder: PreTrainedModel, model: QuoteLabeller | StanceLabeller) -> None:
    whole: Any = encoder
    config = model.config
    upper = list(whole.encoder.layer)[config.trunk_layers :][: config.upper_layers]
    for own, given in zip(model.reader.layer, upper, strict=True):
        own.load_state_dict(given.state_dict())
