"""The whole training of a parser: treebanks and annotated names in, Stanza's processors out.

Each processor is trained by Stanza's own trainer. Nothing is downloaded: part-of-speech tagger,
parser and name tagger stand on the frozen encoder that they share with the labeller.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from stanza.models.common import bert_embedding
from stanza.utils.datasets import prepare_tokenizer_data
from stanza.utils.datasets.contract_mwt import contract_mwt
from transformers import AutoModel, AutoTokenizer

from quotestance.errors import QuotestanceError
from quotestance.model_files import require_files
from quotestance.parsing.encoder_cache import MemoisedEncoder
from quotestance.parsing.stanza_parser import ENCODERS, PROCESSORS
from quotestance.training.news_augmentation import augment_for_news
from quotestance.training.parser_augmentation import augment, augment_names
from quotestance.training.parser_data import (
    NameSentence,
    TreebankSentence,
    load_names,
    load_treebanks,
    paragraphs,
)

log = logging.getLogger(__name__)

_MODULES = {
    "tokenize": "tokenizer",
    "mwt": "mwt_expander",
    "pos": "tagger",
    "lemma": "lemmatizer",
    "depparse": "parser",
    "ner": "ner_tagger",
}
ENCODER_KEY = "quotestance-encoder-8"
_ENCODER_LAYERS, _MIXED_LAYERS = ENCODERS[ENCODER_KEY]
_ENCODED = ("pos", "depparse", "ner")
_ENCODER = (
    f"--no_pretrain --no_char --bert_model {ENCODER_KEY} --bert_hidden_layers {_MIXED_LAYERS}"
)
# Rare words have no vector of their own: the encoder knows them better.
_SETTINGS = {
    "tokenize": "--steps 2000 --eval_steps 200 --max_seqlen 300",
    "mwt": "--num_epoch 8",
    # without --augment_nopunct each sentence has one form, and its features are computed once
    "pos": f"{_ENCODER} --share_hid --hidden_dim 200 --num_layers 1 --augment_nopunct 0 "
    "--batch_size 50 --word_cutoff 3 --max_steps 2700 --eval_interval 300 --fix_eval_interval "
    "--max_steps_before_stop 600 --second_lr 0.0005 --second_optim_reload",
    "lemma": "--num_epoch 3",
    "depparse": f"{_ENCODER} --no_xpos --hidden_dim 200 --num_layers 2 "
    "--deep_biaff_hidden_dim 200 --deep_biaff_output_dim 120 --batch_size 1500 --word_cutoff 3 "
    "--no_ufeats --optim adam --lr 0.002 --beta2 0.95 --second_optim_start_step 1500 "
    "--max_steps 2000 --eval_interval 250 --no_checkpoint",
    "ner": f"{_ENCODER} --hidden_dim 128 --batch_size 64 --max_steps 3000 --eval_interval 500",
}


class LastingEncoder(MemoisedEncoder):
    """A frozen encoder that reads each sentence once in a whole training.

    It keeps what it has read in half precision, which is precise enough to learn from, and its
    dropout off whatever the trainers ask for: else the features would not be those of the parse.
    """

    def train(self, mode: bool = True) -> LastingEncoder:
        """Stay as it is."""
        super().train(False)
        return self

    def _read(self, keys: list[tuple[int, ...]]) -> None:
        super()._read(keys)
        for key in keys:
            self._memory[key] = self._memory[key].half()


def train_parser(
    treebanks: Path,
    ner: Path,
    encoder: Path,
    output: Path,
    *,
    processors: Iterable[str] = PROCESSORS,
    seed: int = 1234,
    resume: bool = False,
    commercial: bool = False,
    device: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> list[Path]:
    """Train the processors of a parser.

    Args:
        treebanks: Folder of treebanks (see ``load_treebanks``).
        ner: Folder of annotated names (see ``load_names``).
        encoder: Folder of the frozen encoder.
        output: Folder to write the processors to, with what ``StanzaParser.from_pretrained`` needs
            beside them. Each appears when it is complete.
        processors: Which to train.
        seed: Of everything random.
        resume: Leave out processors that the output folder has already.
        commercial: Learn syntax only from treebanks whose licences allow commercial use. The licences
            of the names are not looked at.
        device: A torch device; Stanza's choice when left out.
        settings: Options of Stanza's trainers by processor, over those of the shipped models.

    Returns:
        The files that were written.

    Raises:
        ModelNotFoundError: when the encoder is incomplete.
        QuotestanceError: when the data cannot be used, or when a trainer wrote nothing.
    """
    wanted = set(processors)
    todo = [p for p in PROCESSORS if p in wanted]
    if resume:
        todo = [p for p in todo if not (output / f"{p}.pt").is_file()]
    require_files(encoder / name for name in ("config.json", "model.safetensors", "tokenizer.json"))
    output.mkdir(parents=True, exist_ok=True)
    packages = {"it": {"lang_name": "Italian", "packages": {}}}
    (output / "resources.json").write_text(json.dumps(packages), encoding="utf-8")
    written: list[Path] = []
    with TemporaryDirectory(prefix="quotestance-") as name, shared_encoder(encoder) as memory:
        work = Path(name)
        if any(p != "ner" for p in todo):
            write_treebanks(treebanks, work, seed, commercial)
        if "ner" in todo:
            write_names(ner, work, seed)
        for processor in todo:
            log.info("training %s", processor)
            if processor == "ner":
                memory.forget()  # names are annotated in other sentences
            options = [*_files(processor, work), *_SETTINGS[processor].split()]
            options += ["--seed", str(seed), *(["--device", device] if device else [])]
            options += (settings or {}).get(processor, "").split()
            written.append(_train(processor, options, work, output))
    return written


@contextmanager
def shared_encoder(folder: Path) -> Iterator[LastingEncoder]:
    """Let Stanza's trainers use one encoder, which remembers what it has read.

    They have no argument for that. Each of them, and each reload of the best model in mid-training,
    comes to ``bert_embedding.load_bert`` in the end, so this one function is replaced for a while; the
    name that the trainers ask for, and store, is then the neutral ``ENCODER_KEY``.

    Args:
        folder: Folder of the encoder.
    """
    model = AutoModel.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, add_pooling_layer=False
    )
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, add_prefix_space=True)
    encoder = LastingEncoder(model, _ENCODER_LAYERS, _MIXED_LAYERS)
    original = bert_embedding.load_bert
    bert_embedding.load_bert = lambda *_, **__: (encoder, tokenizer)
    try:
        yield encoder
    finally:
        bert_embedding.load_bert = original


def write_treebanks(folder: Path, work: Path, seed: int, commercial: bool = False) -> None:
    """Write the sentences of treebanks, and copies in other typography, as Stanza's trainers read them.

    Args:
        folder: Folder of treebanks.
        work: Folder to write to.
        seed: Of the copies.
        commercial: See ``load_treebanks``.
    """
    treebanks = load_treebanks(folder, commercial)
    copies = augment(treebanks.train, seed)
    log.info(
        "learning from %d sentences and %d copies, choosing by %d",
        *(len(part) for part in (treebanks.train, copies, treebanks.dev)),
    )
    _write_part([*treebanks.train, *copies], work, "train")
    news = augment_for_news([*treebanks.train, *copies], seed)
    log.info("learning tokens from %d more copies", len(news))
    _write_part([*treebanks.train, *copies, *news], work, "tokens")
    _write_part(treebanks.dev, work, "dev")
    contract_mwt(str(work / "dev.conllu"), str(work / "dev.contracted.conllu"))


def write_names(folder: Path, work: Path, seed: int) -> None:
    """Write sentences with annotated names, and copies, as Stanza's trainer reads them.

    Args:
        folder: Folder of annotated names.
        work: Folder to write to.
        seed: Of the copies.
    """
    names = load_names(folder)
    copies = augment_names(names.train, seed)
    log.info(
        "learning names from %d sentences and %d copies, choosing by %d",
        *(len(part) for part in (names.train, copies, names.dev)),
    )
    parts: dict[str, Sequence[NameSentence]] = {
        "train": [*names.train, *copies],
        "dev": names.dev,
    }
    for part, sentences in parts.items():
        data = [[{"text": token, "ner": tag} for token, tag in s] for s in sentences]
        (work / f"{part}.names.json").write_text(json.dumps(data), encoding="utf-8")


def neutral(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that a processor was trained with, without traces of the machine.

    Paths become None, and the device, which is chosen anew where the processor is loaded, the plain
    one; ``ENCODER_KEY`` names the encoder.
    """
    cleaned = {
        key: None if isinstance(value, str) and ("/" in value or "\\" in value) else value
        for key, value in config.items()
    }
    if config.get("bert_model"):
        cleaned["bert_model"] = ENCODER_KEY
    return cleaned | {"device": "cpu"}


def _write_part(sentences: Sequence[TreebankSentence], work: Path, part: str) -> None:
    text, treebank = work / f"{part}.txt", work / f"{part}.conllu"
    text.write_text("\n\n".join(paragraphs(sentences)) + "\n", encoding="utf-8")
    treebank.write_text("".join(s.to_conllu() for s in sentences), encoding="utf-8")
    labels = ["-o", str(work / f"{part}.labels"), "-m", str(work / f"{part}.mwt.json")]
    with redirect_stdout(sys.stderr):
        prepare_tokenizer_data.main([str(text), str(treebank), *labels])


def _files(processor: str, work: Path) -> list[str]:
    """Return the options that name the files of a processor, and its language where it is asked."""
    train, dev = work / "train.conllu", work / "dev.conllu"
    files: dict[str, Path] = {"train_file": train, "eval_file": dev}
    if processor == "tokenize":
        files = {
            "txt_file": work / "tokens.txt",
            "label_file": work / "tokens.labels",
            "mwt_json_file": work
            / "tokens.mwt.json",  # Stanza's scripts teach those of the dev set
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


def _train(processor: str, options: Sequence[str], work: Path, output: Path) -> Path:
    """Run a trainer and put what it has written into its place."""
    # A trainer saves its best so far, and would take a file of the same name in the current folder
    # for its own: hence another name, and another folder than the one for what is complete.
    name = f"quotestance-{processor}.pt"
    module = import_module(f"stanza.models.{_MODULES[processor]}")
    module.main([*options, "--save_dir", str(work / "saved"), "--save_name", name])
    target = output / f"{processor}.pt"
    try:
        checkpoint = torch.load(work / "saved" / name, map_location="cpu", weights_only=True)
    except Exception as error:  # Stanza only logs that it could not write
        raise QuotestanceError(
            f"Stanza's trainer left no usable model for {processor} ({error}); see what it told "
            "above, and whether there is room on the disk"
        ) from error
    checkpoint["config"] = neutral(checkpoint["config"])
    part = target.with_name(f"{target.name}.part")
    torch.save(checkpoint, part)  # not in Stanza's older format, which is never twice the same
    part.replace(target)
    return target
