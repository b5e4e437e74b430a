"""From the files of one format to those of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotestance.document import Document
from quotestance.errors import QuotestanceError
from quotestance.exchange.losses import ExchangeError, Exported, Loss
from quotestance.exchange.registry import Format, format_of

DEFAULT = "jsonl"
_DEFAULT_OF_FOLDERS = "qm"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from several files.

    Attributes:
        documents: The articles in the order of the files.
        problems: What could not be read and why, one line each.
        losses: What was read and could not be carried over.
    """

    documents: tuple[Document, ...]
    problems: tuple[str, ...]
    losses: tuple[Loss, ...]


def source_files(
    inputs: Iterable[Path], source: str | None, known: Mapping[str, Format]
) -> Iterator[tuple[Path, Format]]:
    """Yield the files to read, each once, with the format of each.

    Args:
        inputs: Files, and folders of which all files of the format are read, at any depth; without a
            format those in the annotation markup.
        source: Name of the format; guessed from each file's name when left out.
        known: The formats by name.

    Raises:
        ExchangeError: when a name does not tell the format, or a folder holds no such file.
    """
    seen: set[Path] = set()
    for path in inputs:
        if path.is_dir():
            form = known[source or _DEFAULT_OF_FOLDERS]
            files = sorted(file for file in path.rglob(f"*{form.files}") if file.is_file())
            if not files:
                raise ExchangeError(
                    f"{path}: the folder holds no {form.files} file"
                    + ("" if source else "; tell the format with --from")
                )
        else:
            found = known[source] if source else format_of(path, known)
            if not found:
                raise ExchangeError(
                    f"{path}: the name tells no format; tell it with --from ({', '.join(known)})"
                )
            form, files = found, [path]
        for file in files:
            if file not in seen:
                seen.add(file)
                yield file, form


def target_format(output: Path, target: str | None, known: Mapping[str, Format]) -> Format:
    """Return the format to write: the one named, else that of the output's name, else JSON Lines.

    Raises:
        ExchangeError: when several formats have files called so.
    """
    return known[target] if target else format_of(output, known) or known[DEFAULT]


def read_files(files: Iterable[tuple[Path, Format]]) -> Reading:
    """Read files; one that fails, or repeats the id of another, is told and loses no other."""
    documents: dict[str, Document] = {}
    first: dict[str, Path] = {}
    problems: list[str] = []
    losses: list[Loss] = []
    for path, form in files:
        try:
            imported = form.read(path)
        except (QuotestanceError, OSError) as error:
            problems.append(str(error))
            continue
        for document in imported.documents:
            if first.setdefault(document.id, path) != path or document.id in documents:
                other = first[document.id]
                problems.append(f"{path}: the id {document.id!r} is that of {other} already")
            else:
                documents[document.id] = document
        losses += imported.losses
    return Reading(tuple(documents.values()), tuple(problems), tuple(losses))


def write_files(exported: Exported, output: Path, form: Format) -> tuple[Path, ...]:
    """Write what a format gave and return the files.

    Args:
        exported: What to write.
        output: The file; for a format with a file for each document the folder, or the file when
            there is one alone and the name ends as those of the format do.
        form: The format.

    Raises:
        ExchangeError: when the output is a folder where a file is needed, or the other way round.
        OSError: when a file cannot be written.
    """
    texts = list(exported.files.values())
    files = {output / name: text for name, text in exported.files.items()}
    if form.single:
        files = {output: texts[0]}
        if output.is_dir():
            raise ExchangeError(f"{output} is a folder; name a file to write")
    elif len(files) == 1 and output.name.endswith(form.files) and not output.is_dir():
        files = {output: texts[0]}
    elif output.exists() and not output.is_dir():
        raise ExchangeError(f"{output} is a file; {form.name} needs a folder for its files")
    elif output.name.endswith(form.files):
        raise ExchangeError(
            f"{output}: {form.name} has several files for these documents; name a folder"
        )
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        try:
            part.write_bytes(text.encode("utf-8"))
            part.replace(path)
        except UnicodeEncodeError as error:
            raise ExchangeError(
                f"{path}: half a character in the names, which UTF-8 cannot hold; correct them"
            ) from error
        finally:
            part.unlink(missing_ok=True)
    return tuple(files)


def summarize(losses: Sequence[Loss]) -> list[str]:
    """Return losses as lines, like ones together: the first of each, and how many there are."""
    groups: dict[str, list[Loss]] = {}
    for loss in losses:
        place = re.sub(r"\d+", "", loss.place)
        # What came back changed is alike in its place, what could not be read in what it is.
        alike = place if " comes back as " in loss.what else loss.what
        groups.setdefault(alike, []).append(loss)
    return [
        str(group[0]) + (f" (and {len(group) - 1} more like it)" if len(group) > 1 else "")
        for group in groups.values()
    ]
