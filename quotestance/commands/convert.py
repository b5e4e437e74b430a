"""``quotestance convert``: from one form of labelled articles to another."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from quotestance.corpus import convert, count, read_jsonl
from quotestance.document import Document
from quotestance.exchange import (
    COLUMNS,
    ExchangeError,
    Format,
    formats,
    label_studio_config,
    read_files,
    source_files,
    summarize,
    target_format,
    write_files,
)
from quotestance.exchange.graph import linked_stances


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    known = formats()
    about = "; ".join(f"{form.name}: {form.about}" for form in known.values())
    parser = commands.add_parser(
        "convert",
        help="convert labelled articles from one format to another",
        description="Convert labelled articles, such as those in the annotation markup (.qm, see "
        f"seeds/GUIDELINES.md), to another format: {about}. What a format cannot hold is told on "
        "standard error. Articles that fail are told there, too, and do not stop the others; the exit "
        "code is then 1.",
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help="files, and folders of them (without --from of .qm files)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="PATH",
        help="file to write; the folder with --split, and for formats with a file for each article",
    )
    parser.add_argument(
        "--from",
        dest="source",
        choices=known,
        metavar="FORMAT",
        help=f"format of the inputs: {', '.join(known)} (guessed from their names when left out)",
    )
    parser.add_argument(
        "--to",
        dest="target",
        choices=known,
        metavar="FORMAT",
        help="format of the output (guessed from its name when left out, else jsonl)",
    )
    parser.add_argument(
        "--columns",
        type=columns,
        metavar="COLUMN=HEADER,…",
        help=f"headers of a csv file where they are others: {', '.join(COLUMNS)}",
    )
    parser.add_argument(
        "--labelling-config",
        type=Path,
        metavar="FILE",
        help="write the labelling configuration of Label Studio, too, for the stance labels of the "
        "articles",
    )
    parser.add_argument(
        "--split",
        action="store_true",
        help="markup to JSON Lines: write train.jsonl, validation.jsonl and test.jsonl by the numbers "
        "of the articles",
    )
    parser.add_argument(
        "--doubts",
        action="store_true",
        help="markup to JSON Lines: list what a second look should confirm",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Convert, print what was written and return the exit code."""
    known = formats(args.columns)
    target = known["jsonl"] if args.split else target_format(args.output, args.target, known)
    if target.name == "jsonl" and _all_markup(args, known):
        _write_labelling_config(args, ())
        return _convert_markup(args)
    if args.split or args.doubts:
        raise ExchangeError("--split and --doubts are for markup (.qm) to JSON Lines alone")
    reading = read_files(source_files(args.inputs, args.source, known))
    _write_labelling_config(args, reading.documents)
    exported = target.write(reading.documents)
    if reading.documents:
        write_files(exported, args.output, target)
        counts = count(reading.documents)
        print(f"{args.output}: {', '.join(f'{number} {name}' for name, number in counts.items())}")
    for line in summarize((*reading.losses, *exported.losses)):
        print(f"quotestance: lost: {line}", file=sys.stderr)
    for problem in reading.problems:
        print(f"quotestance: {problem}", file=sys.stderr)
    return 1 if reading.problems else 0


def _write_labelling_config(args: argparse.Namespace, documents: Iterable[Document]) -> None:
    if args.labelling_config:
        config = label_studio_config(linked_stances(documents))
        args.labelling_config.write_text(config, encoding="utf-8")


def _all_markup(args: argparse.Namespace, known: Mapping[str, Format]) -> bool:
    """Tell whether all inputs are files in the markup, or folders of them."""
    if args.source:
        return bool(args.source == "qm")
    return all(
        path.is_dir() or path.name.lower().endswith(known["qm"].endings) for path in args.inputs
    )


def _convert_markup(args: argparse.Namespace) -> int:
    conversion = convert(args.inputs, args.output, split=args.split)
    for path in conversion.written:
        counts = count(read_jsonl(path))
        print(f"{path}: {', '.join(f'{number} {name}' for name, number in counts.items())}")
    if args.doubts:
        print(*conversion.doubts, sep="\n")
    for problem in conversion.problems:
        print(f"quotestance: {problem}", file=sys.stderr)
    return 1 if conversion.problems else 0


def columns(value: str) -> dict[str, str]:
    """Read ``text=BODY,speaker=WHO``."""
    pairs = [part.partition("=") for part in value.split(",")]
    for column, equals, header in pairs:
        if column.strip() not in COLUMNS or not equals or not header.strip():
            raise argparse.ArgumentTypeError(
                f"{column!r}: give COLUMN=HEADER; the columns are {', '.join(COLUMNS)}"
            )
    return {column.strip(): header.strip() for column, _, header in pairs}
