"""The files that Stanza's trainers read, written from treebanks and annotated names."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from stanza.utils.datasets import prepare_tokenizer_data
from stanza.utils.datasets.contract_mwt import contract_mwt

from quotestance.training.news_augmentation import augment_for_news
from quotestance.training.parser_data import Names, Treebanks, TreebankSentence, paragraphs
from quotestance.training.typography import uniform_sentence

log = logging.getLogger(__name__)


def write_treebanks(treebanks: Treebanks, work: Path, seed: int) -> None:
    """Write sentences of treebanks as Stanza's trainers read them.

    Args:
        treebanks: The sentences.
        work: Folder to write to.
        seed: Of the copies from which the tokenizer learns what articles have.
    """
    _write_part(treebanks.train, work, "train")
    news = [uniform_sentence(copy) for copy in augment_for_news(treebanks.train, seed)]
    log.info("learning tokens from %d copies, too", len(news))
    _write_part([*treebanks.train, *news], work, "tokens")
    _write_part(treebanks.dev, work, "dev")
    contract_mwt(str(work / "dev.conllu"), str(work / "dev.contracted.conllu"))


def write_names(names: Names, work: Path) -> None:
    """Write sentences with annotated names as Stanza's trainer reads them.

    Args:
        names: The sentences.
        work: Folder to write to.
    """
    for part, examples in (("train", names.train), ("dev", names.dev)):
        data = [[{"text": word, "ner": tag} for word, tag in example] for example in examples]
        (work / f"{part}.names.json").write_text(json.dumps(data), encoding="utf-8")


def file_options(processor: str, work: Path) -> list[str]:
    """Return the options that name the files of a processor, and its language where it is asked."""
    train, dev = work / "train.conllu", work / "dev.conllu"
    files: dict[str, Path] = {"train_file": train, "eval_file": dev}
    if processor == "tokenize":
        files = {
            "txt_file": work / "tokens.txt",
            "label_file": work / "tokens.labels",
            # Stanza's scripts teach those of the dev set
            "mwt_json_file": work / "tokens.mwt.json",
            "dev_txt_file": work / "dev.txt",
            "dev_label_file": work / "dev.labels",
            "dev_conll_gold": dev,
            "conll_file": work / "dev.tokenized.conllu",
        }
    elif processor == "mwt":
        files |= {"eval_file": work / "dev.contracted.conllu", "gold_file": dev}
    elif processor == "ner":
        files = {"train_file": work / "train.names.json", "eval_file": work / "dev.names.json"}
    options = ["--shorthand", "it_kind" if processor == "ner" else "it_news"]
    if processor not in ("lemma", "ner"):
        options += ["--lang", "it"]
    return [*options, *(part for key, file in files.items() for part in (f"--{key}", str(file)))]


def _write_part(sentences: Sequence[TreebankSentence], work: Path, part: str) -> None:
    text, treebank = work / f"{part}.txt", work / f"{part}.conllu"
    text.write_text("\n\n".join(paragraphs(sentences)) + "\n", encoding="utf-8")
    treebank.write_text("".join(s.to_conllu() for s in sentences), encoding="utf-8")
    labels = ["-o", str(work / f"{part}.labels"), "-m", str(work / f"{part}.mwt.json")]
    with redirect_stdout(sys.stderr):
        prepare_tokenizer_data.main([str(text), str(treebank), *labels])
