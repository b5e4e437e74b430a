"""Labelled articles as 🤗 Datasets; the one module of the package that needs ``datasets``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quotestance.corpus.jsonl import CorpusError, read_jsonl
from quotestance.corpus.splits import SPLITS
from quotestance.document.schema import document_to_dict

if TYPE_CHECKING:
    from datasets import DatasetDict, Features


def features() -> Features:
    """Return the columns of a document (schema: ``quotestance.document.schema``).

    They are for ``load_dataset("json", data_files=…, features=features())``. What a line leaves
    out, such as the scores of annotations, comes as None, which ``Document.from_dict`` takes as
    left out. A line with fields beside those of the schema is refused by ``load_dataset``;
    ``load_corpus`` leaves such fields aside.
    """
    from datasets import Features, List, Value

    string, score = Value("string"), Value("float64")
    span = List(Value("int32"))
    entity = {
        "id": string,
        "kind": string,
        "name": string,
        "aliases": List(string),
        "side": string,
        "mentions": List(span),
    }
    quote = {
        "id": string,
        "type": string,
        "content": List(span),
        "cue": List(span),
        "speaker": {"entity": string, "mention": span, "score": score},
        "stances": List({"target": string, "label": string, "score": score}),
        "score": score,
    }
    return Features(
        {
            "id": string,
            "text": string,
            "domain": string,
            "entities": List(entity),
            "quotes": List(quote),
        }
    )


def load_corpus(folder: str | Path) -> DatasetDict:
    """Load the splits of a corpus, checking every document.

    Args:
        folder: Holds ``train.jsonl``, ``validation.jsonl``, ``test.jsonl`` or some of them.

    Raises:
        CorpusError: when it holds none of them, or one has a line that is no document.
    """
    from datasets import Dataset, DatasetDict

    columns = features()
    paths = {split: Path(folder) / f"{split}.jsonl" for split in SPLITS}
    corpus = DatasetDict()
    for split, path in paths.items():
        if path.exists():
            rows = [document_to_dict(document) for document in read_jsonl(path)]
            corpus[split] = Dataset.from_dict(
                {name: [row[name] for row in rows] for name in columns}, features=columns
            )
    if not corpus:
        names = ", ".join(path.name for path in paths.values())
        raise CorpusError(f"{folder}: no corpus; it has none of {names}")
    return corpus
