"""The command ``quotestance``: its parser, and what the ways to end mean for the shell.

Torch, stanza and the like are imported by the commands that need them, when they need them.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from quotestance import QuotestanceError, __version__
from quotestance.commands import analyze, attach, convert, evaluate, evaluate_parser, train

_INTERRUPTED = 128 + 2  # as the shell tells SIGINT
_BROKEN_PIPE = 128 + 13  # and SIGPIPE, which not every system has


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What stands behind ``quotestance`` on the command line; that of the process when
            left out.

    Returns:
        The exit code: 0 when all went well, 1 when something failed (standard error tells what), 2
        when the command was misused, 128 plus the signal when it was interrupted.

    Raises:
        SystemExit: with 2 when the arguments are wrong, with 0 after ``--help`` and ``--version``.
    """
    parser = build_parser()
    args = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What goes to files and other programs must not depend on the locale.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has enough; the interpreter must not try to flush it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        print("quotestance: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except (QuotestanceError, OSError) as error:
        print(f"quotestance: {error}", file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; each command leaves its function in ``run``."""
    parser = argparse.ArgumentParser(
        prog="quotestance",
        description="Who said what in Italian news, and how they stand toward the other party.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (analyze, evaluate, evaluate_parser, convert, attach, train):
        command.add_parser(commands)
    return parser
