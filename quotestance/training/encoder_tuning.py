"""The parser's layers: lower layers of the encoder, tuned on treebanks and annotated names at once.

Stanza's trainers learn on frozen states, and those of a small encoder of sentences say little about
syntax. Tuned first on all tasks together, one reading of a sentence serves the tagger, the parser and
the name tagger alike.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import AutoModel, AutoTokenizer, get_linear_schedule_with_warmup

from quotestance.lower_layers import retuned_layers
from quotestance.parsing.stanza_parser import MIXED
from quotestance.training.parser_corpora import ParserCorpora
from quotestance.training.syntax_network import IGNORED, SyntaxNetwork, name_loss, syntax_loss
from quotestance.training.tuning_examples import (
    Labels,
    TuningExample,
    batches,
    name_examples,
    syntax_examples,
    tensors,
)

log = logging.getLogger(__name__)

_EPOCHS, _FURTHER_EPOCHS = 8, 5


@dataclass(frozen=True)
class TuningSettings:
    """How the layers are tuned.

    Attributes:
        depth: How many of the encoder's layers the parser runs.
        frozen: How many of the lowest stay as they are, as the embeddings do.
        epochs: How often each sentence of the treebanks is seen.
        tokens: Of a batch of sentences of treebanks; one of names goes with it, and one of parsed
            sentences where there are some.
        parsed: Weight of what parsed sentences teach; annotated ones have 1.
        learning_rate: Of the layers.
        head_learning_rate: Of the heads.
        masked: Share of the tokens whose form is hidden.
    """

    depth: int = 8
    frozen: int = 0
    epochs: int = _EPOCHS
    tokens: int = 2000
    parsed: float = 0.5
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    masked: float = 0.1


def tune_encoder(
    corpora: ParserCorpora,
    encoder: Path,
    output: Path,
    *,
    start: Path | None = None,
    seed: int = 1234,
    settings: TuningSettings | None = None,
    device: str | None = None,
) -> Path:
    """Tune the parser's layers and write them, in half precision.

    Args:
        corpora: What to learn from.
        encoder: Folder of the encoder to start from.
        output: File to write: the weights of the tuned layers (see ``retuned_layers``).
        start: File of tuned layers to start from; those of the encoder when left out.
        seed: Of everything random.
        settings: How; those of the shipped parser when left out.
        device: A torch device; CUDA where there is one when left out.

    Returns:
        The file.
    """
    settings = settings or TuningSettings(epochs=_EPOCHS if start is None else _FURTHER_EPOCHS)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(encoder, local_files_only=True, add_prefix_space=True)
    model = AutoModel.from_pretrained(
        encoder, dtype=torch.float32, local_files_only=True, add_pooling_layer=False
    )
    if start is not None:
        model = retuned_layers(model, load_file(start))
    labels = Labels(corpora.treebanks.train)
    syntax, chosen, parsed = (
        syntax_examples(sentences, labels, tokenizer)
        for sentences in (corpora.treebanks.train, corpora.treebanks.dev, corpora.parsed)
    )
    named = name_examples(corpora.names.train, tokenizer)
    network = SyntaxNetwork(model, settings.depth, MIXED, labels.sizes).to(device)
    tuning = Tuning(network, settings, tokenizer.mask_token_id)
    tuning.start(settings.epochs * sum(1 for _ in batches(syntax, settings.tokens)))
    chance = random.Random(seed)
    names, parses = (_endless(part, settings.tokens, chance) for part in (named, parsed))
    for epoch in range(1, settings.epochs + 1):
        for batch in batches(syntax, settings.tokens, chance):
            tuning.step(batch, next(names), next(parses) if parsed else ())
        log.info("epoch %d: %s", epoch, tuning.scores(chosen))
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f"{output.name}.part")
    save_file(tuning.weights(), part)
    part.replace(output)
    return output


class Tuning:
    """The steps of a tuning.

    Args:
        network: Layers and heads, on the device where they are to be tuned.
        settings: How they are.
        hidden: The token that stands for one whose form is hidden; None hides none.
    """

    def __init__(
        self, network: SyntaxNetwork, settings: TuningSettings, hidden: int | None = None
    ) -> None:
        self.network = network
        self.settings = settings
        self.hidden = hidden
        self.device = next(network.parameters()).device
        network.reader.requires_grad_(False)
        own = list(network.reader.encoder.layer)[settings.frozen :]
        self._own = [p.requires_grad_(True) for layer in own for p in layer.parameters()]
        self._heads = [p for name, p in network.named_parameters() if "reader." not in name]
        self._loss = 0.0

    def start(self, steps: int) -> None:
        """Prepare for so many steps: the rates rise over the first twentieth, then fall to zero."""
        self._optimizer = torch.optim.AdamW(
            [
                {"params": self._own, "lr": self.settings.learning_rate},
                {"params": self._heads, "lr": self.settings.head_learning_rate},
            ],
            weight_decay=0.01,
        )
        self._schedule = get_linear_schedule_with_warmup(self._optimizer, steps // 20, steps)
        self._steps, self._done = steps, 0

    def step(
        self,
        syntax: Sequence[TuningExample],
        named: Sequence[TuningExample],
        parsed: Sequence[TuningExample] = (),
    ) -> None:
        """Learn from a batch of treebank sentences, one with names and perhaps one that was parsed."""
        self.network.train()
        self._optimizer.zero_grad()
        for loss in self._losses(syntax, named, parsed):
            loss.backward()
            self._loss += float(loss.detach())
        torch.nn.utils.clip_grad_norm_([*self._own, *self._heads], 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._done += 1
        if self._done % 50 == 0:
            log.info("step %d of %d, loss %.3f", self._done, self._steps, self._loss / 50)
            self._loss = 0.0

    @torch.no_grad()
    def scores(self, examples: Sequence[TuningExample]) -> str:
        """Tell how good the heads are, without gold tags and without the rules of a tree."""
        self.network.eval()
        right = torch.zeros(4)
        for batch in batches(examples, 4 * self.settings.tokens):
            read = self._placed(batch)
            with torch.autocast(self.device.type, torch.bfloat16):
                states = self.network.states(read["ids"], read["mask"])
                scores = self.network.syntax(states, read["last"])
            there = read["heads"] != IGNORED
            upos = (scores.upos.argmax(2) == read["labels"][..., 0]) & there
            head = (scores.arcs.argmax(2) == read["heads"]) & there
            both = (scores.relations.argmax(2) == read["labels"][..., 1]) & head
            right += torch.stack([there.sum(), upos.sum(), head.sum(), both.sum()]).cpu()
        shares = (right[1:] / right[0]).tolist()
        return "parts of speech {:.4f}, UAS {:.4f}, LAS {:.4f} on development data".format(*shares)

    def weights(self) -> dict[str, Tensor]:
        """Return the tuned layers, in half precision (see ``retuned_layers``)."""
        return {
            f"{number}.{name}": value.half().contiguous().cpu()
            for number, layer in enumerate(self.network.reader.encoder.layer)
            if number >= self.settings.frozen
            for name, value in layer.state_dict().items()
        }

    def _losses(
        self,
        syntax: Sequence[TuningExample],
        named: Sequence[TuningExample],
        parsed: Sequence[TuningExample],
    ) -> Iterator[Tensor]:
        yield self._syntax_loss(syntax)
        yield self._name_loss(named)
        if parsed:
            yield self.settings.parsed * self._syntax_loss(parsed)

    def _syntax_loss(self, batch: Sequence[TuningExample]) -> Tensor:
        read = self._placed(batch)
        with torch.autocast(self.device.type, torch.bfloat16):
            states = self.network.states(self._masked(read["ids"]), read["mask"])
            scores = self.network.syntax(states, read["last"], read["heads"])
            return syntax_loss(scores, read["labels"], read["heads"])

    def _name_loss(self, batch: Sequence[TuningExample]) -> Tensor:
        read = self._placed(batch)
        with torch.autocast(self.device.type, torch.bfloat16):
            states = self.network.states(self._masked(read["ids"]), read["mask"])
            return 2 * name_loss(self.network.tag_names(states, read["last"]), read["labels"])

    def _placed(self, batch: Sequence[TuningExample]) -> dict[str, Tensor]:
        return {name: value.to(self.device) for name, value in tensors(batch).items()}

    def _masked(self, ids: Tensor) -> Tensor:
        if self.hidden is None:
            return ids
        drawn = torch.rand(ids.shape, device=ids.device) < self.settings.masked
        drawn[:, 0] = False  # the start of the sentence stands for its root
        return ids.masked_fill(drawn, self.hidden)


def _endless(
    examples: Sequence[TuningExample], tokens: int, chance: random.Random
) -> Iterator[list[TuningExample]]:
    while True:
        yield from batches(examples, tokens, chance)
