"""From annotation markup to JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotestance.corpus.doubts import find_doubts
from quotestance.corpus.jsonl import write_jsonl
from quotestance.corpus.markup import MarkupError, read_markup
from quotestance.corpus.splits import Split, split_of
from quotestance.document import Document


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion has done.

    Attributes:
        written: The files written, each with its number of articles.
        problems: What could not be converted and why, one line each; empty when all went well.
        doubts: What in the converted articles a second look should confirm, one line each.
    """

    written: Mapping[Path, int]
    problems: tuple[str, ...]
    doubts: tuple[str, ...]


def convert(inputs: Sequence[str | Path], output: str | Path, split: bool = False) -> Conversion:
    """Convert articles in the markup (guidelines, section 6) to JSON Lines.

    An article that cannot be converted is reported in the result and does not lose the others.

    Args:
        inputs: ``.qm`` files, and folders, of which all ``.qm`` files are read, at any depth, in
            the order of their paths.
        output: The file to write; with ``split`` the folder, made where it is missing.
        split: Write ``train.jsonl``, ``validation.jsonl`` and ``test.jsonl`` by the rule of
            ``splits.split_of``; a part without articles is not written.

    Raises:
        OSError: when the output cannot be written.
    """
    output = Path(output)
    if output.is_dir() and not split:
        raise IsADirectoryError(f"{output} is a folder; name a file to write, or ask for the split")
    problems: list[str] = []
    doubts: list[str] = []
    parts: dict[Path, list[Document]] = {}
    first: dict[str, Path] = {}
    for path in _markup_files(inputs, problems):
        try:
            document = read_markup(path)
            other = first.setdefault(document.id, path)
            if other != path:
                raise MarkupError(f"{path}: the id {document.id!r} is that of {other} already")
            part = output / f"{_split(document, path)}.jsonl" if split else output
        except (MarkupError, OSError) as error:
            problems.append(str(error))
            continue
        parts.setdefault(part, []).append(document)
        doubts.extend(f"{path}: {doubt}" for doubt in find_doubts(document))
    for part in parts:
        part.parent.mkdir(parents=True, exist_ok=True)
    written = {part: write_jsonl(documents, part) for part, documents in parts.items()}
    return Conversion(written, tuple(problems), tuple(doubts))


def _markup_files(inputs: Sequence[str | Path], problems: list[str]) -> Iterable[Path]:
    """Return the files to read, each once; note the folders that hold none."""
    paths: dict[Path, None] = {}
    for path in map(Path, inputs):
        found = sorted(path.rglob("*.qm")) if path.is_dir() else [path]
        if not found:
            problems.append(f"{path}: the folder holds no .qm file")
        paths.update(dict.fromkeys(found))
    return paths


def _split(document: Document, path: Path) -> Split:
    try:
        return split_of(document.id)
    except ValueError as error:
        raise MarkupError(f"{path}: {error}") from error
