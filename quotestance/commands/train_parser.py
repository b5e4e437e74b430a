"""``quotestance train parser``: the processors of the parser, rebuilt from treebanks."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from quotestance.errors import QuotestanceError
from quotestance.inputs import Failure, read_inputs
from quotestance.parsing.stanza_parser import PARTS


def add_parser(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the model among those that ``quotestance train`` trains."""
    parser = models.add_parser(
        "parser",
        help="words, sentences, syntax and names",
        description="Tune the layers of the encoder that the parser reads, then train its processors "
        "with Stanza's own trainers, offline. What is written is the folder stanza of a model folder. "
        "With the settings of the shipped models it takes hours on a processor; OMP_NUM_THREADS=1 "
        "is often faster there.",
        argument_default=argparse.SUPPRESS,
    )
    add = parser.add_argument
    add(
        "--treebanks",
        type=Path,
        required=True,
        metavar="DIR",
        help="folders UD_Italian-* of treebanks; ISDT dev is chosen by, ISDT test kept out",
    )
    add(
        "--ner",
        type=Path,
        required=True,
        metavar="DIR",
        help="files *_train.tsv and *_dev.tsv of annotated names: a token and its tag a line",
    )
    add("--encoder", type=Path, required=True, metavar="DIR", help="the frozen encoder")
    add("--output", type=Path, required=True, metavar="DIR", help="model folder to write to")
    add(
        "--parts",
        nargs="+",
        choices=PARTS,
        metavar="NAME",
        help=f"train only these of {', '.join(PARTS)} (default: all); layers are those of the encoder "
        "that the processors read",
    )
    add(
        "--commercial",
        action="store_true",
        help="learn syntax only from treebanks whose licences allow commercial use; the licences "
        "of the names are yours to look at",
    )
    add(
        "--articles",
        nargs="+",
        metavar="FILE",
        help="train the parser that OUTPUT holds further: it parses these texts (.txt, .jsonl), and its "
        "layers go on from where they are, learning from its parses, too",
    )
    add("--seed", type=int, metavar="N", help="of everything random")
    add("--resume", action="store_true", help="leave out the parts that are complete")
    add("--device", help="torch device, such as cpu or cuda (default: cuda where there is one)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train, tell what was written and return the exit code."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    logging.basicConfig(format="%(message)s")
    logging.getLogger("quotestance").setLevel(logging.INFO)

    from quotestance.training.parser import train_parser

    options = {name: value for name, value in vars(args).items() if name != "run"}
    options["articles"] = _texts(options.get("articles", ()))
    for file in train_parser(**options):
        print(file)
    return 0


def _texts(files: Iterable[str]) -> list[str]:
    texts = []
    for article in read_inputs(files):
        if isinstance(article, Failure):
            raise QuotestanceError(str(article))
        texts.append(article.text)
    return texts
