"""``quotestance evaluate``: how good predictions are, or the models themselves."""

from __future__ import annotations

import argparse
import json
import os
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from quotestance.commands.model import add_model_options, load_model
from quotestance.corpus import read_jsonl
from quotestance.document import Document
from quotestance.errors import QuotestanceError

if TYPE_CHECKING:
    from quotestance import QuoteStance
    from quotestance.evaluation import Scores, SystemComparison, Table
    from quotestance.parsing import Parse
    from quotestance.parsing.stanza_parser import StanzaParser

_THESE = "these predictions"


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
    parser.add_argument(
        "--intervals",
        action="store_true",
        help="add 95%% confidence intervals of the headline figures, from resampled articles",
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="OTHER.jsonl",
        help="add how these predictions differ from others for the same articles, and how surely",
    )
    parser.add_argument(
        "--baselines",
        action="store_true",
        help="add what simple rules reach on the same parse; the majority label is that of GOLD",
    )
    parser.add_argument(
        "--shortcuts",
        action="store_true",
        help="add how the stances of GOLD's quotes are told when names are masked, or swapped",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="write a full report here: report.json, report.md, report.html and errors.csv",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report and return the exit code."""
    gold = list(read_jsonl(args.gold))
    others = list(read_jsonl(args.compare)) if args.compare else None
    parses: dict[str, Parse] = {}  # by text
    predicted = list(read_jsonl(args.predicted)) if args.predicted else _predict(args, gold, parses)

    from quotestance.evaluation import (
        FullReport,
        evaluate,
        intervals,
        systems_table,
        write_report,
    )

    try:
        report = evaluate(gold, predicted)
    except ValueError as error:  # predictions for other articles
        raise QuotestanceError(f"{args.predicted}: {error}") from error
    comparison = None if others is None else _compare(args.compare, gold, predicted, others)
    told = intervals(gold, predicted) if args.intervals else None
    systems = _baselines(args, gold, parses) if args.baselines else {}
    if systems:
        systems[_THESE] = report.overall

    data = report.to_dict()
    blocks = [report.format()]
    if told is not None:
        data["intervals"] = told.to_dict()
        blocks.append(told.format())
    if comparison is not None:
        data["comparison"] = comparison.to_dict()
        blocks.append(comparison.format())
    if systems:
        data["systems"] = {name: scores.to_dict() for name, scores in systems.items()}
        blocks.append(systems_table(systems).format())
    if args.shortcuts:
        table = _shortcuts(args, gold)
        data["shortcuts"] = {name: figure for name, figure, _ in table.rows}
        blocks.append(table.format())
    if args.json:
        text = json.dumps(data, indent=2, ensure_ascii=False)
        args.json.write_text(text + "\n", encoding="utf-8")
    if args.report:
        full = FullReport.of(
            f"Evaluation on {args.gold.name}",
            gold,
            predicted,
            comparison=comparison,
            systems=systems,
        )
        write_report(full, args.report)
    if args.errors:
        print(report.errors().format(), end="\n\n")
    print("\n\n".join(blocks))
    return 0


def _compare(
    path: Path, gold: Sequence[Document], predicted: Sequence[Document], others: Sequence[Document]
) -> SystemComparison:
    from quotestance.evaluation import compare

    try:
        return compare(gold, predicted, others)
    except ValueError as error:  # the predictions themselves have been scored already
        raise QuotestanceError(f"{path}: {error}") from error


def _predict(
    args: argparse.Namespace, gold: Sequence[Document], parses: dict[str, Parse]
) -> list[Document]:
    """Let the models analyse the articles, of which they see no annotation.

    Baselines asked for read the same parses, which are kept for them.
    """
    bare = (replace(document, entities=(), quotes=()) for document in gold)
    nlp = load_model(args)
    if args.baselines:
        _keep_parses(nlp, parses)
    return list(nlp.pipe(bare, batch_size=args.batch_size))


def _keep_parses(nlp: QuoteStance, parses: dict[str, Parse]) -> None:
    """Put every parse that a pipeline makes from now on among the parses, by its text."""
    parser = nlp.parser

    def remember(text: str) -> Parse:
        parses[text] = parse = parser(text)
        return parse

    nlp.parser = cast("Any", remember)  # all that the pipeline does with a parser is to call it


def _baselines(
    args: argparse.Namespace, gold: Sequence[Document], parses: dict[str, Parse]
) -> dict[str, Scores]:
    """Return the scores of the baselines by name; texts without a parse are parsed now."""
    from quotestance.evaluation import baselines, evaluate, majority_label

    parser = None
    for document in gold:
        if document.text not in parses:
            parser = parser or _load_parser(args)
            parses[document.text] = parser(document.text)
    by_id = {document.id: parses[document.text] for document in gold}
    found = baselines(gold, by_id, majority_label(gold))
    return {name: evaluate(gold, documents).overall for name, documents in found.items()}


def _shortcuts(args: argparse.Namespace, gold: Sequence[Document]) -> Table:
    from quotestance.evaluation.shortcuts import shortcuts

    return shortcuts(gold, load_model(args).stance).table()


def _load_parser(args: argparse.Namespace) -> StanzaParser:
    """Load the parser of the model folder, without the labeller.

    Raises:
        ModelNotFoundError: when a file is missing.
    """
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    warnings.simplefilter("ignore")

    from quotestance.loading import SHIPPED
    from quotestance.parsing.stanza_parser import StanzaParser

    folder = args.model or SHIPPED
    return StanzaParser.from_pretrained(folder / "stanza", folder / "encoder", args.device or "cpu")
