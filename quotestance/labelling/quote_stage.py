"""The first stage at work: candidates in, their probabilities of being quotes and of their speakers out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from quotestance.extraction import Extraction
from quotestance.labelling.batching import batches
from quotestance.labelling.decoding import Labelled, QuoteLogits, label
from quotestance.labelling.quote_collator import QuoteCollator, QuoteItem
from quotestance.labelling.quote_encoding import QuoteEncoder
from quotestance.labelling.quote_model import QuoteLabeller
from quotestance.labelling.reading import Trunk


class QuoteStage:
    """Tells quotes and their speakers.

    Args:
        model: The fine-tuned transformer.
        trunk: The frozen lower layers on which it stands.
    """

    def __init__(self, model: QuoteLabeller, trunk: Trunk) -> None:
        self.model = model.eval()
        self.trunk = trunk

    def label(self, extractions: Sequence[Extraction]) -> Iterator[list[Labelled]]:
        """Yield the labelled candidates of each article."""
        items: list[QuoteItem] = []
        for extraction in extractions:
            reading = self.trunk.read(extraction.parse.text)
            encoder = QuoteEncoder(extraction, reading, self.model.config)
            items.extend(QuoteItem(encoder.encode(c), reading) for c in extraction.candidates)
        judged = iter(zip(items, self.logits(items), strict=True))
        for extraction in extractions:
            yield [
                label(candidate, item.example, logits, self.model.config)
                for candidate, (item, logits) in zip(extraction.candidates, judged, strict=False)
            ]

    @torch.inference_mode()
    def logits(self, items: Sequence[QuoteItem]) -> list[QuoteLogits]:
        """Run the model over items, those of like length together, and return logits in their order."""
        collate, found = QuoteCollator(), {}
        for rows in batches([len(item.example.tokens) for item in items]):
            batch = collate([items[i] for i in rows])
            output = self.model(**{k: v.to(self.model.device) for k, v in batch.items()})
            choice, speaker, expert, choice_expert = (
                t.float().cpu().numpy()
                for t in (output.choice, output.speaker, output.expert, output.choice_expert)
            )
            for place, row in enumerate(rows):
                example = items[row].example
                found[row] = QuoteLogits(
                    choice=choice[place, : 1 + len(example.contents)],
                    speaker=speaker[place, : len(example.mention_ids)],
                    expert=expert[place, : len(example.mention_ids)],
                    choice_expert=choice_expert[place, : 1 + len(example.contents)],
                )
        return [found[i] for i in range(len(items))]
