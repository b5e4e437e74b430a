"""How long the parse of articles takes with the encoder's memory, as a share of without it.

Run by ``make benchmark FILE=articles.jsonl``. Both pipelines have the same processors and layers and parse
the same texts in the same run, alternately; the naive one lets each processor read each batch anew, as
Stanza does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

from quotestance.document import Document
from quotestance.inputs import read_inputs
from quotestance.loading import SHIPPED, load_base
from quotestance.parsing.stanza_parser import StanzaParser


class ForgetfulEncoder(nn.Module):
    """The same layers without a memory, asked as Stanza asks any encoder."""

    def __init__(self, reader: Any, mixed: int) -> None:
        super().__init__()
        self.reader, self.mixed, self.config = reader, mixed, reader.config
        self._hf_peft_config_loaded = False

    @torch.no_grad()
    def forward(self, input_ids: Tensor, attention_mask: Tensor, **_: Any) -> SimpleNamespace:
        """Return the states that the processors mix."""
        states: list[Tensor] = []
        hooks = [
            layer.register_forward_hook(
                lambda _, __, out: states.append(out[0] if isinstance(out, tuple) else out)
            )
            for layer in self.reader.encoder.layer[-self.mixed :]
        ]
        self.reader(input_ids, attention_mask=attention_mask)
        for hook in hooks:
            hook.remove()
        return SimpleNamespace(hidden_states=tuple(states))


def forgetful(parser: StanzaParser) -> StanzaParser:
    """Take the memory out of a parser's processors."""
    memory = parser.memory
    assert memory is not None
    plain = ForgetfulEncoder(memory.reader, memory.mixed)
    for name in ("pos", "depparse", "ner"):
        processor = parser.pipeline.processors[name]
        trainers = getattr(processor, "trainers", None) or [processor.trainer]
        for trainer in trainers:
            trainer.model.bert_model = plain
    return parser


def seconds(parser: StanzaParser, texts: Sequence[str]) -> float:
    """Parse texts and return how long it took."""
    start = time.perf_counter()
    for _ in parser.parse(texts):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", help="articles, .txt or .jsonl")
    arguments.add_argument("--model", type=Path, default=SHIPPED)
    arguments.add_argument("--rounds", type=int, default=3)
    args = arguments.parse_args()
    texts = [article.text for article in read_inputs([args.file]) if isinstance(article, Document)]
    ours, naive = load_base(args.model).parser, forgetful(load_base(args.model).parser)
    for parser in (ours, naive):
        seconds(parser, texts[:1])
    times = [(seconds(ours, texts), seconds(naive, texts)) for _ in range(args.rounds)]
    with_memory, without = (min(column) for column in zip(*times, strict=True))
    words = sum(len(parse.words) for parse in ours.parse(texts))
    print(f"{len(texts)} articles, {words} words, best of {args.rounds} rounds")
    print(
        f"with the memory {with_memory:.1f} s, without {without:.1f} s: {with_memory / without:.2f}"
    )


if __name__ == "__main__":
    main()
