"""``quotestance convert``: from annotation markup to JSON Lines."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quotestance.corpus import convert, count, read_jsonl


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "convert",
        help="convert annotation markup to JSON Lines",
        description="Convert articles in the annotation markup (.qm, see seeds/GUIDELINES.md) to JSON "
        "Lines. Articles that fail are told on standard error and do not stop the others; the exit "
        "code is then 1.",
    )
    parser.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT", help=".qm files, and folders of them"
    )
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="PATH",
        help="file to write, or with --split the folder",
    )
    parser.add_argument(
        "--split",
        action="store_true",
        help="write train.jsonl, validation.jsonl and test.jsonl by the numbers of the articles",
    )
    parser.add_argument(
        "--doubts", action="store_true", help="list what a second look should confirm"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Convert, print what was written and return the exit code."""
    conversion = convert(args.inputs, args.output, split=args.split)
    for path in conversion.written:
        counts = count(read_jsonl(path))
        print(f"{path}: {', '.join(f'{number} {name}' for name, number in counts.items())}")
    if args.doubts:
        print(*conversion.doubts, sep="\n")
    for problem in conversion.problems:
        print(f"quotestance: {problem}", file=sys.stderr)
    return 1 if conversion.problems else 0
