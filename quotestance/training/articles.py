"""What a labeller learns from: articles read, checked, held out and rehearsed.

Whatever is wrong with them is told at once, before anything is parsed or trained.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotestance.corpus import CorpusError, read_jsonl
from quotestance.document import Document
from quotestance.document.schema import SchemaError, document_from_dict
from quotestance.exchange import ExchangeError, formats, read_files, source_files, summarize
from quotestance.language import looks_italian
from quotestance.training.grounding import with_mentions

log = logging.getLogger(__name__)

Source = str | Path | Document | Mapping[str, Any]  # a file, a document, a row of a Dataset
# one or several of them; or a DatasetDict
Sources = str | Path | Iterable[Source] | Mapping[str, Iterable[Source]]
_HELD_OUT = 0.2  # of the articles


@dataclass(frozen=True, slots=True)
class Articles:
    """Annotated articles, each with an id and a text of its own.

    Attributes:
        train: To learn from.
        validation: To calibrate and to compare on.
        replay: Of another corpus, to learn from so that it is not forgotten.
        replay_validation: Of the same, to see what is forgotten and to calibrate on.
    """

    train: tuple[Document, ...]
    validation: tuple[Document, ...]
    replay: tuple[Document, ...] = ()
    replay_validation: tuple[Document, ...] = ()

    @property
    def quotes(self) -> int:
        """How many labelled quotes there are to learn from, but for those replayed."""
        return sum(len(document.quotes) for document in self.train)

    @property
    def labels(self) -> dict[str, int]:
        """How often each stance label stands in one's own articles."""
        return dict(
            Counter(
                stance.label
                for document in (*self.train, *self.validation)
                for quote in document.quotes
                for stance in quote.stances
            )
        )


def read_articles(
    train: Sources,
    validation: Sources | None = None,
    columns: Mapping[str, str] | None = None,
    seed: int = 13,
) -> Articles:
    """Read annotated articles and check that a labeller can learn from them.

    Args:
        train: A file or files of any format that ``exchange`` knows, documents, or a 🤗 Dataset; of a
            DatasetDict its ``train`` and, if no other is given, its ``validation``.
        validation: The same, to calibrate and to compare on; a fifth of the articles to learn from is
            held out when left out.
        columns: Headers of CSV files where they are others than ``exchange.COLUMNS``.
        seed: Of what is held out.

    Raises:
        CorpusError: with everything that is wrong, a line each.
    """
    problems: list[str] = []
    if isinstance(train, Mapping) and validation is None:
        validation = train.get("validation")
    learned = _read(_listed(train, "train"), columns, problems)
    held_out = None
    if validation is not None:
        held_out = _read(_listed(validation, "validation"), columns, problems)
    if not problems:
        problems += _problems(learned, held_out)
    if problems:
        raise CorpusError("\n".join(problems))
    if held_out is None:
        learned, held_out = _hold_out(learned, seed)
    return Articles(tuple(map(with_mentions, learned)), tuple(map(with_mentions, held_out)))


def choose_replay(
    own: Articles, corpus: Iterable[Document], share: float, seed: int = 13
) -> Articles:
    """Add articles of another corpus, none of which is among one's own.

    Args:
        own: One's own articles.
        corpus: What to replay.
        share: How many articles for each to learn from.
        seed: Of the choice.
    """
    known = {document.text for document in (*own.train, *own.validation)}
    rest = [document for document in corpus if document.text not in known]
    random.Random(seed).shuffle(rest)
    wanted = round(share * len(own.train))
    held_out = min(len(rest) // 4, max(20 - len(own.validation), wanted // 5)) if wanted else 0
    return Articles(
        own.train,
        own.validation,
        tuple(rest[held_out : held_out + wanted]),
        tuple(rest[:held_out]),
    )


def _listed(sources: Sources, split: str) -> Iterable[Source]:
    if isinstance(sources, str | Path):
        return [sources]
    if not isinstance(sources, Mapping):
        return sources
    if split not in sources:
        raise CorpusError(f"there is no split {split!r} among {', '.join(sources)}")
    return sources[split]


def _read(
    sources: Iterable[Source], columns: Mapping[str, str] | None, problems: list[str]
) -> list[Document]:
    known = formats(columns)
    documents: list[Document] = []
    for number, source in enumerate(sources):
        if isinstance(source, Document):
            documents.append(source)
        elif isinstance(source, Mapping):
            try:
                documents.append(document_from_dict(source))
            except SchemaError as error:
                problems += (f"row {number}: {problem}" for problem in error.problems)
        elif Path(source).suffix == ".jsonl":
            try:
                documents += read_jsonl(source, problems)
            except OSError as error:
                problems.append(f"{source}: {error.strerror or error}")
        else:
            try:
                found = read_files(source_files([Path(source)], None, known))
            except ExchangeError as error:
                problems.append(str(error))
                continue
            documents += found.documents
            problems += found.problems
            for line in summarize(found.losses):
                log.warning("not learned from: %s", line)
    return documents


def _problems(train: Sequence[Document], validation: Sequence[Document] | None) -> Iterator[str]:
    yield from _twice(train, "the articles to learn from")
    if not any(document.quotes for document in train):
        yield "there is no quote to learn from: label some, or see `quotestance convert --help`"
    if validation is None:
        if sum(bool(document.quotes) for document in train) < 2:
            yield "one article alone cannot be held out: label a second, or give validation articles"
    else:
        yield from _twice(validation, "the validation articles")
        if not any(document.quotes for document in validation):
            yield "there is no quote in the validation articles"
        texts = {document.text: document.id for document in train}
        for document in validation:
            if document.text in texts:
                yield (
                    f"the validation article {document.id!r} is the article {texts[document.text]!r} "
                    "to learn from; leave it out of one of them"
                )
    for document in train:
        if not looks_italian(document.text):
            log.warning("%s does not look Italian", document.id)


def _twice(documents: Sequence[Document], where: str) -> Iterator[str]:
    for what, values in (
        ("id", [document.id for document in documents]),
        ("text", [document.text for document in documents]),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"the {what} {value[:60]!r} stands {times} times in {where}; once is right"


def _hold_out(documents: Sequence[Document], seed: int) -> tuple[list[Document], list[Document]]:
    """Part articles with quotes; those without are learned from, as the many that they are in the news."""
    quoting = [document for document in documents if document.quotes]
    count = max(1, round(_HELD_OUT * len(quoting)))
    chosen = {document.id for document in random.Random(seed).sample(quoting, count)}
    return (
        [document for document in documents if document.id not in chosen],
        [document for document in documents if document.id in chosen],
    )
