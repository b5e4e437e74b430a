"""``quotestance attach``: puts texts back under annotations that are kept without them."""

from __future__ import annotations

import argparse
from pathlib import Path

from quotestance.corpus import count, read_jsonl, write_jsonl
from quotestance.corpus.standoff import read_sentences, read_standoff


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "attach",
        help="put texts back under annotations that are kept without them",
        description="Put the texts of named-entity data (a token and its tag a line) back under "
        "annotations that are kept without them, such as those in seeds/wikinews, and write whole "
        "articles as JSON Lines.",
    )
    parser.add_argument(
        "annotations", type=Path, metavar="ANNOTATIONS", help="a .standoff.jsonl file"
    )
    parser.add_argument(
        "--texts",
        nargs="+",
        type=Path,
        required=True,
        metavar="FILE",
        help="the files that hold the texts",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="JSON Lines file to write"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the articles, print how many they are and return the exit code."""
    write_jsonl(read_standoff(args.annotations, read_sentences(args.texts)), args.output)
    counts = count(read_jsonl(args.output))
    print(f"{args.output}: {', '.join(f'{number} {name}' for name, number in counts.items())}")
    return 0
