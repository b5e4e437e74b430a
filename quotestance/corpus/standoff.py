"""Annotations kept apart from texts that must not be passed on, and put together with them again.

The texts are those of named-entity data in BIO (a token and its tag a line, an empty line between
sentences), such as the Wikinews part of KIND (Paccosi and Palmero Aprosio 2022, *KIND: an Italian
Multi-Domain Dataset for Named Entity Recognition*). A record is a document in the schema of
``document.schema`` whose ``text`` gave way to ``sentences``: for each sentence the hash of its tokens,
the first token and that after the last which the article holds, and what follows each of them: ``_`` a
blank, ``/`` the end of a paragraph, ``.`` nothing. Strings that stand in the text are spans of it.
``seeds/wikinews`` was made with ``detach``; users need ``attach`` alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
        CorpusError: when a file is not UTF-8.
        OSError: when a file cannot be read.
    """
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        tokens: list[str] = []
        for line in (*_lines(file), ""):
            if line.strip():
                tokens.append(line.split("\t")[0])
            elif tokens:
                found.setdefault(_hash(tokens), tuple(tokens))
                tokens = []
    return found


def detach(document: Document, sentences: Sentences) -> dict[str, Any]:
    """Return a document's annotation without its text, and without the caller's extra fields.

    Args:
        document: An annotated article made of whole tokens of the sentences.
        sentences: As ``read_sentences`` gives them.

    Raises:
        CorpusError: when the text is not made of the sentences, naming where it leaves them.
    """
    record = document_to_dict(replace(document, extra={}))  # which may hold text, too
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
    return {**record, "sentences": parts}


def attach(record: Mapping[str, Any], sentences: Sentences) -> Document:
    """Put the text back under an annotation.

    Args:
        record: As ``detach`` gives it.
        sentences: Those of the files that it was made from.

    Raises:
        CorpusError: when it is no record, or a sentence is not among those given.
        SchemaError: when the annotation is no document.
    """
    try:
        text = "".join(_pieces(record, sentences))
        data = {key: value for key, value in record.items() if key != "sentences"}
        data["entities"] = [_with_strings(text, entity) for entity in record.get("entities") or ()]
    except (KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"not a record of annotations without their text: {error!r}") from error
    return document_from_dict({**data, "text": text})


def read_standoff(path: str | Path, sentences: Sentences) -> Iterator[Document]:
    """Yield the documents of a file of records, a JSON object a line; blank lines are skipped.

    Raises:
        CorpusError: when a line is no record, repeats the id of another, or its text is not among
            the sentences.
        OSError: when the file cannot be read.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(Path(path)), start=1):
        if not line.strip():
            continue
        try:
            document = attach(json.loads(line), sentences)
        except (ValueError, RecursionError) as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
        if seen.setdefault(document.id, number) != number:
            raise CorpusError(
                f"{path}, line {number}: the id {document.id!r} is that of line {seen[document.id]}"
            )
        yield document


def _lines(file: Path) -> list[str]:
    """Read a file by line feeds alone; characters that Unicode takes for line ends are text."""
    try:
        return file.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}: not UTF-8 (byte {error.start}); convert it to UTF-8") from error


def _pieces(record: Mapping[str, Any], sentences: Sentences) -> Iterator[str]:
    for key, first, last, blanks in record["sentences"]:
        if key not in sentences:
            raise CorpusError(
                f"{record['id']}: a sentence of the article is not in the texts; give the files that "
                "the annotations were made from"
            )
        for token, blank in zip(sentences[key][first:last], blanks, strict=True):
            yield token + _BLANKS[blank]


def _with_strings(text: str, entity: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **entity,
        "name": _as_string(text, entity["name"]),
        "aliases": [_as_string(text, alias) for alias in entity.get("aliases") or ()],
        "side": _as_string(text, entity.get("side")),
    }


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
