"""What commands that run the models have in common: their options and a quiet load."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import quotestance
from quotestance.errors import QuotestanceError

if TYPE_CHECKING:
    from quotestance import QuoteStance


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--model``, ``--device`` and ``--batch-size``."""
    options = parser.add_argument_group("models")
    options.add_argument(
        "--model", type=Path, metavar="DIR", help="model folder (default: the shipped models)"
    )
    options.add_argument(
        "--device", help="torch device, such as cpu or cuda (default: cuda where there is one)"
    )
    options.add_argument(
        "--batch-size",
        type=positive,
        default=8,
        metavar="N",
        help="articles that are labelled together (default: %(default)s)",
    )


def positive(text: str) -> int:
    """Read a whole number above 0; the type of an option.

    Raises:
        argparse.ArgumentTypeError: when it is none.
    """
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def load_model(args: argparse.Namespace) -> QuoteStance:
    """Load the pipeline that the options name, without the chatter of the libraries beneath.

    Raises:
        QuotestanceError: when the models cannot be loaded, for whatever reason.
    """
    _be_quiet()
    try:
        return quotestance.load(args.model, device=args.device)
    except QuotestanceError:
        raise
    except Exception as error:  # a damaged file fails in as many ways as there are formats
        raise QuotestanceError(
            f"the models cannot be loaded ({type(error).__name__}: {error}); "
            "check --model and --device, or fetch the model files anew"
        ) from error


def _be_quiet() -> None:
    """Let only the library's own warnings through, each as a line on standard error."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    warnings.simplefilter("ignore")
    warnings.filterwarnings("default", module=r"quotestance\b")
    warnings.showwarning = _show_warning


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    print(f"quotestance: warning: {message}", file=sys.stderr)
