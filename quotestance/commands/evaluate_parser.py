"""``quotestance evaluate-parser``: how good the parser is on treebanks and annotated names."""

from __future__ import annotations

import argparse
import json
import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quotestance.errors import QuotestanceError

if TYPE_CHECKING:
    from quotestance.parsing.stanza_parser import StanzaParser
    from quotestance.training.parser_data import NameSentence, TreebankSentence

_Item = TypeVar("_Item")
_SENTENCES_PER_BATCH = 200  # bounds the memory that hidden states take


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate-parser",
        help="score the parser against a treebank",
        description="Score the parser with the scorer of the CoNLL 2018 shared task: from the bare "
        "text, and with the sentences and words of the treebank. F1 of each; see --json for more. "
        "Names are scored in annotated tokens only, since their files hold no text.",
    )
    parser.add_argument(
        "--treebank",
        type=Path,
        required=True,
        metavar="FILE.conllu",
        help="a treebank that the parser has not learned from",
    )
    parser.add_argument(
        "--ner",
        type=Path,
        metavar="FILE.tsv",
        help="annotated names (PER, LOC, ORG): a token, a tab and its BIO tag a line",
    )
    parser.add_argument(
        "--model",
        type=Path,
        metavar="DIR",
        help="folder with the folders stanza and encoder (default: the shipped models)",
    )
    parser.add_argument("--device", default="cpu", help="torch device (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report and return the exit code."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    warnings.simplefilter("ignore")

    from quotestance.evaluation.parser_scores import ParserReport, score_names, score_parse
    from quotestance.loading import SHIPPED
    from quotestance.parsing.stanza_parser import StanzaParser
    from quotestance.training.parser_data import read_names, read_treebank
    from quotestance.training.typography import uniform_names, uniform_sentence

    gold = read_treebank(args.treebank)
    names = list(map(uniform_names, read_names(args.ner))) if args.ner else []
    if not gold:
        raise QuotestanceError(f"{args.treebank}: there is no sentence to score")
    folder = args.model or SHIPPED
    parser = StanzaParser.from_pretrained(folder / "stanza", folder / "encoder", args.device)
    uniform = [uniform_sentence(sentence) for sentence in gold]  # as any text is before its parse
    try:
        report = ParserReport(
            from_text=score_parse(_conllu(gold), parse_text(parser, gold)),
            gold_tokens=score_parse(_conllu(uniform), parse_tokens(parser, uniform)),
            names=score_names(_tags(names), tag_names(parser, names)) if names else None,
        )
    except ValueError as error:  # the treebank is none, or has characters that no text has
        raise QuotestanceError(f"{args.treebank}: {error}") from error
    if args.json:
        args.json.write_text(json.dumps(report.to_dict(), indent=2) + "\n", encoding="utf-8")
    print(report.format())
    return 0


def parse_text(parser: StanzaParser, gold: Sequence[TreebankSentence]) -> str:
    """Parse the bare text of a treebank, as the library parses any text, and return CoNLL-U."""
    from quotestance.evaluation.parser_scores import to_conllu
    from quotestance.training.parser_data import paragraphs

    return to_conllu(parser("\n".join(paragraphs(gold))))


def parse_tokens(parser: StanzaParser, gold: Sequence[TreebankSentence]) -> str:
    """Tag and parse the sentences and words of a treebank, and return CoNLL-U.

    Tags, lemmas and heads are predicted, each from what is predicted before it.
    """
    from stanza.utils.conll import CoNLL

    found = []
    for batch in _batches(gold):
        bare = "".join(_bare(sentence) for sentence in batch)
        document = CoNLL.conll2doc(input_str=bare)
        (document,) = parser.annotate([document], "pos,lemma,depparse")
        found.append(f"{document:C}\n\n")
    return "".join(found)


def tag_names(parser: StanzaParser, sentences: Sequence[NameSentence]) -> list[list[str]]:
    """Find the names in sentences whose tokens are given, and return their tags in BIOES.

    Tokens that the treebanks know as several words are parted into these, as in any text.
    """
    import stanza

    words_of = parser.pipeline.processors["mwt"].trainer.dict_expansion
    found: list[list[str]] = []
    for batch in _batches(sentences):
        tokens = [
            [
                {"id": (number,), "text": token, "misc": "MWT=Yes" if words_of(token) else "_"}
                for number, (token, _) in enumerate(sentence, 1)
            ]
            for sentence in batch
        ]
        (document,) = parser.annotate([stanza.Document(tokens)], "mwt,ner")
        found += [[token.ner for token in sentence.tokens] for sentence in document.sentences]
    return found


def _conllu(sentences: Sequence[TreebankSentence]) -> str:
    return "".join(sentence.to_conllu() for sentence in sentences)


def _bare(sentence: TreebankSentence) -> str:
    """Return the tokens and words of a sentence as CoNLL-U, without any annotation."""
    rows = ("\t".join((*row[:2], *"_" * 7, row[9])) for row in sentence.rows)
    return "\n".join([*rows, "", ""])


def _tags(sentences: Sequence[NameSentence]) -> list[list[str]]:
    return [[tag for _, tag in sentence] for sentence in sentences]


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _SENTENCES_PER_BATCH):
        yield items[start : start + _SENTENCES_PER_BATCH]
