"""The second stage at work: quotes with speakers in, their positions toward the parties out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from quotestance.labelling.batching import batches
from quotestance.labelling.decoding import Position, StanceLogits, positions
from quotestance.labelling.discourse import Attribution, Discourse
from quotestance.labelling.reading import Trunk
from quotestance.labelling.stance_collator import StanceCollator, StanceItem, read_examples
from quotestance.labelling.stance_encoding import StanceEncoder, StanceExample
from quotestance.labelling.stance_model import StanceLabeller
from quotestance.labelling.tokens import tokenize

_AT_ONCE = 512  # quotes whose states are held in memory


class StanceStage:
    """Tells toward whom quotes take a position, and which.

    Args:
        model: The fine-tuned transformer.
        trunk: The frozen lower layers on which it stands.
    """

    def __init__(self, model: StanceLabeller, trunk: Trunk) -> None:
        self.model = model.eval()
        self.trunk = trunk

    def label(self, discourses: Sequence[Discourse]) -> Iterator[list[tuple[Position, ...]]]:
        """Yield for each article the positions of its quotes, the likeliest target first."""
        examples = [self.encode(discourse) for discourse in discourses]
        judged = self._judge([example for found in examples for example in found])
        for found in examples:
            yield [next(judged) for _ in found]

    def label_toward(self, discourse: Discourse, attribution: Attribution, party: int) -> Position:
        """Return the position of one quote toward one cluster, whether a likely target or not."""
        [found] = self._judge([self._encoder(discourse).encode(attribution, (party,))])
        return next(position for position in found if position.party == party)

    def encode(self, discourse: Discourse) -> list[StanceExample]:
        """Make the examples of an article, one for each quote."""
        if not discourse.attributions:
            return []
        encoder = self._encoder(discourse)
        return [encoder.encode(attribution) for attribution in discourse.attributions]

    def _encoder(self, discourse: Discourse) -> StanceEncoder:
        tokens = tokenize(self.trunk.tokenizer, discourse.extraction.parse.text)
        return StanceEncoder(discourse, tokens, self.model.config)

    def _judge(self, examples: Sequence[StanceExample]) -> Iterator[tuple[Position, ...]]:
        for start in range(0, len(examples), _AT_ONCE):
            some = examples[start : start + _AT_ONCE]
            states = read_examples(self.trunk, some)
            items = [StanceItem(e, s) for e, s in zip(some, states, strict=True)]
            for item, logits in zip(items, self.logits(items), strict=True):
                yield positions(item.example.parties, logits, self.model.config)

    @torch.inference_mode()
    def logits(self, items: Sequence[StanceItem]) -> list[StanceLogits]:
        """Run the model over items, those of like length together, and return logits in their order."""
        collate, found = StanceCollator(), {}
        for rows in batches([len(item.example.ids) for item in items]):
            batch = collate([items[i] for i in rows])
            output = self.model(**{k: v.to(self.model.device) for k, v in batch.items()})
            target, labels, expert = (
                t.float().cpu().numpy() for t in (output.target, output.label, output.expert)
            )
            for place, row in enumerate(rows):
                count = len(items[row].example.parties)
                found[row] = StanceLogits(
                    target[place, : 1 + count], labels[place, :count], expert[place, : 1 + count]
                )
        return [found[i] for i in range(len(items))]
