"""``quotestance train``: fine-tuning of the models on annotated articles."""

from __future__ import annotations

import argparse
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from quotestance.commands import train_parser
from quotestance.commands.convert import columns
from quotestance.commands.model import positive
from quotestance.errors import QuotestanceError
from quotestance.exchange import COLUMNS
from quotestance.training.recipes import STAGES


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and the models that it trains."""
    parser = commands.add_parser("train", help="train a model on annotated articles")
    models = parser.add_subparsers(title="models", metavar="MODEL", required=True)
    labeller = models.add_parser(
        "labeller",
        help="what is a quote, who speaks, and the stance toward each party",
        description="Fine-tune the labeller on annotated articles, save it as a model folder and "
        "print its scores before and after. What is left out is chosen by how many quotes are labelled: "
        "learning rates, epochs, what is frozen, how much is replayed.",
        argument_default=argparse.SUPPRESS,
    )
    add = labeller.add_argument
    paths: dict[str, Any] = {"type": Path, "nargs": "+", "metavar": "FILE"}
    add("--train", required=True, help="articles to learn from, of any format of convert", **paths)
    add(
        "--validation",
        help="articles to calibrate on and to compare before and after (default: a fifth of the others)",
        **paths,
    )
    add("--output", type=Path, required=True, metavar="DIR", help="model folder to write")
    add(
        "--base",
        type=Path,
        metavar="DIR",
        help="model folder with the parser, the encoder and the labeller to start from "
        "(default: the shipped one)",
    )
    add(
        "--columns",
        type=columns,
        metavar="COLUMN=HEADER,…",
        help=f"headers of a csv file where they are others: {', '.join(COLUMNS)}",
    )
    add(
        "--replay",
        type=Path,
        nargs="*",
        metavar="FILE",
        help="JSON Lines of which some articles are mixed in, so that nothing is forgotten; none when no "
        "file follows (default: the authored corpus, where it is at hand)",
    )
    add(
        "--stages",
        nargs="+",
        choices=STAGES,
        help="train only these: quotes and speakers, targets and stances (default: both)",
    )
    add("--fresh", action="store_true", help="start these stages from the encoder, with new heads")
    add(
        "--epochs",
        type=float,
        metavar="N",
        help="how often each article is seen; 0 only fits the temperatures and thresholds, and the "
        "experts with --experts",
    )
    add("--batch-size", type=positive, metavar="N", help="candidates or quotes a step")
    add(
        "--learning-rate",
        type=float,
        metavar="RATE",
        help="of the encoder's layers; 0 freezes them",
    )
    add("--head-learning-rate", type=float, metavar="RATE", help="of the heads")
    add(
        "--patience",
        type=int,
        metavar="N",
        help="stop after N epochs without a smaller validation loss; 0 averages the last two epochs",
    )
    add(
        "--experts",
        action=argparse.BooleanOptionalAction,
        help="fit the experts on features anew, on these articles alone",
    )
    add(
        "--other-names",
        action="store_true",
        help="learn each article a second time with other names, so that words count and not who it is",
    )
    add("--seed", type=int, metavar="N", help="of everything random")
    add("--resume", action="store_true", help="go on from the last checkpoint in the output folder")
    add(
        "--bf16",
        action=argparse.BooleanOptionalAction,
        help="compute in bfloat16 (default: where the processor has it)",
    )
    add("--cache", type=Path, metavar="DIR", help="folder that keeps parses from run to run")
    labeller.set_defaults(run=run_labeller)
    train_parser.add_parser(models)


def run_labeller(args: argparse.Namespace) -> int:
    """Train the labeller, print its report and return the exit code."""
    if find_spec("accelerate") is None:
        raise QuotestanceError("training needs accelerate: pip install 'quotestance[train]'")
    logging.basicConfig(format="%(message)s")
    logging.getLogger("quotestance").setLevel(logging.INFO)

    from quotestance.training.run import train_labeller

    options = {name: value for name, value in vars(args).items() if name not in ("run", "train")}
    print(train_labeller(args.train, **options).format())
    return 0
