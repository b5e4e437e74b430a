"""Annotations kept apart from texts that must not be passed on, and put together with them again.

The texts are those of named-entity data in BIO (a token and its tag a line, an empty line between
sentences), such as the Wikinews part of KIND (Paccosi and Palmero Aprosio 2022, *KIND: an Italian
Multi-Domain Dataset for Named Entity Recognition*). A record is a document in the schema of
``document.schema`` whose ``text`` gave way to ``sentences``: for each sentence the hash of its tokens,
the first token and that after the last which the article holds, and what follows each of them: ``_`` a
blank, ``/`` the end of a paragraph, ``.`` nothing. Strings that stand in the text are spans of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotestance.corpus.jsonl import CorpusError
from quotestance.document import Document
from quotestance.document.schema import document_from_dict, document_to_dict

_BLANKS = {"_": " ", "/": "\n\n", ".": ""}

Sentences = Mapping[str, tuple[str, ...]]  # the tokens of each sentence by their hash


def read_sentences(files: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """Return the sentences of files in BIO by the hash of their tokens, in the order of the files.

    Raises:
        OSError: when a file cannot be read.
    """
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        tokens: list[str] = []
        for line in (*file.read_text(encoding="utf-8").splitlines(), ""):
            if line.strip():
                tokens.append(line.split("\t")[0])
            elif tokens:
                found.setdefault(_hash(tokens), tuple(tokens))
                tokens = []
    return found


def detach(document: Document, sentences: Sentences) -> dict[str, Any]:
    """Return a document's annotation without its text.

    Args:
        document: An annotated article made of whole tokens of the sentences.
        sentences: As ``read_sentences`` gives them.

    Raises:
        CorpusError: when the text is not made of the sentences, naming where it leaves them.
    """
    record = document_to_dict(document)
    text = record.pop("text")
    parts = [
        [key, first, last, blanks]
        for key, first, last, blanks in _parts(document.id, text, sentences)
    ]
    for entity in record["entities"]:
        entity["name"] = _as_span(text, entity["name"])
        entity["aliases"] = [_as_span(text, alias) for alias in entity["aliases"]]
        if entity["side"] is not None:
            entity["side"] = _as_span(text, entity["side"])
    return {"id": document.id, "sentences": parts, **record}


def attach(record: Mapping[str, Any], sentences: Sentences) -> Document:
    """Put the text back under an annotation.

    Args:
        record: As ``detach`` gives it.
        sentences: Those of the files that it was made from.

    Raises:
        CorpusError: when a sentence is not among them.
        SchemaError: when the annotation is no document.
    """
    pieces = []
    for key, first, last, blanks in record["sentences"]:
        if key not in sentences:
            raise CorpusError(
                f"{record['id']}: a sentence of the article is not in the texts; give the files that "
                "the annotations were made from"
            )
        tokens = sentences[key][first:last]
        pieces += [token + _BLANKS[blank] for token, blank in zip(tokens, blanks, strict=True)]
    text = "".join(pieces)
    data = {key: value for key, value in record.items() if key != "sentences"}
    data["entities"] = [
        entity
        | {
            "name": _as_string(text, entity["name"]),
            "aliases": [_as_string(text, alias) for alias in entity["aliases"]],
            "side": _as_string(text, entity["side"]),
        }
        for entity in record["entities"]
    ]
    return document_from_dict({**data, "text": text})


def read_standoff(path: str | Path, sentences: Sentences) -> Iterator[Document]:
    """Yield the documents of a file of records, a JSON object a line.

    Raises:
        CorpusError: when a line is no record, or its text is not among the sentences.
        OSError: when the file cannot be read.
    """
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield attach(json.loads(line), sentences)
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error


def _parts(name: str, text: str, sentences: Sentences) -> Iterator[tuple[str, int, int, str]]:
    """Yield the sentences of which a text is made, in order, with the tokens that it holds of each."""
    starts = _by_first_token(sentences)
    at = 0
    while at < len(text):
        found = []
        for key, first in (*starts.get(text[at], ()), *starts.get(text[at : at + 2], ())):
            rest = sentences[key][first:]
            count, end, blanks = _match(text, at, rest)
            if count:  # of two that fit, one to the end of its sentence, then the longer one
                found.append(((count == len(rest), end, -first), key, first, count, blanks, end))
        if not found:
            raise CorpusError(f"{name}: the texts do not hold what follows character {at}")
        _, key, first, count, blanks, at = max(found)
        yield key, first, first + count, blanks


def _by_first_token(sentences: Sentences) -> dict[str, list[tuple[str, int]]]:
    starts: dict[str, list[tuple[str, int]]] = {}
    for key, tokens in sentences.items():
        for first, token in enumerate(tokens):
            starts.setdefault(token[:2], []).append((key, first))
    return starts


def _match(text: str, at: int, tokens: Sequence[str]) -> tuple[int, int, str]:
    """Return how many tokens stand in the text from a place on, where they end, and what follows each."""
    blanks = ""
    for count, token in enumerate(tokens):
        end = at + len(token)
        if not text.startswith(token, at) or _within_word(text, end):
            return count, at, blanks
        at = end
        blank = next(key for key, space in _BLANKS.items() if text.startswith(space, at))
        blanks += blank
        at += len(_BLANKS[blank])
    return len(tokens), at, blanks


def _within_word(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and text[at : at + 1].isalnum()


def _as_span(text: str, string: str) -> list[int] | str:
    start = text.find(string)
    return string if start < 0 else [start, start + len(string)]


def _as_string(text: str, value: list[int] | str | None) -> str | None:
    return text[slice(*value)] if isinstance(value, list) else value


def _hash(tokens: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(tokens).encode()).hexdigest()[:12]
