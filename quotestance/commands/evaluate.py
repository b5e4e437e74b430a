"""``quotestance evaluate``: how good predictions are, or the models themselves."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from quotestance.commands.model import add_model_options, load_model
from quotestance.corpus import read_jsonl
from quotestance.document import Document
from quotestance.errors import QuotestanceError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate",
        help="score predictions against annotated articles",
        description="Score predictions against annotated articles. Without PREDICTED the models "
        "analyse the texts of GOLD first.",
    )
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl", help="annotated articles")
    parser.add_argument(
        "predicted",
        type=Path,
        nargs="?",
        metavar="PREDICTED.jsonl",
        help="predictions for the same articles, as `quotestance analyze --format jsonl` writes them",
    )
    parser.add_argument(
        "--errors",
        action="store_true",
        help="list what is wrong, quote by quote, before the figures",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report and return the exit code."""
    gold = list(read_jsonl(args.gold))
    predicted = list(read_jsonl(args.predicted)) if args.predicted else _predict(args, gold)

    from quotestance.evaluation import errors, evaluate, format_errors

    try:
        report = evaluate(gold, predicted)
    except ValueError as error:  # predictions for other articles
        raise QuotestanceError(f"{args.predicted}: {error}") from error
    if args.json:
        data = json.dumps(report.to_dict(), indent=2, ensure_ascii=False)
        args.json.write_text(data + "\n", encoding="utf-8")
    if args.errors:
        print(format_errors(errors(gold, predicted)), end="\n\n")
    print(report.format())
    return 0


def _predict(args: argparse.Namespace, gold: list[Document]) -> list[Document]:
    """Let the models analyse the articles, of which they see no annotation."""
    bare = (replace(document, entities=(), quotes=()) for document in gold)
    return list(load_model(args).pipe(bare, batch_size=args.batch_size))
