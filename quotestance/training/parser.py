"""The whole training of a parser: treebanks and annotated names in, Stanza's processors out.

The lower layers of the encoder are tuned first (``encoder_tuning``). Then each processor is trained by
Stanza's own trainer; part-of-speech tagger, parser and name tagger stand on these layers, which are
frozen by then. Nothing is downloaded.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from safetensors.torch import load_file
from stanza.models.common import bert_embedding
from transformers import AutoModel, AutoTokenizer

from quotestance.errors import QuotestanceError
from quotestance.lower_layers import retuned_layers
from quotestance.model_files import require_files
from quotestance.parsing.encoder_cache import MemoisedEncoder
from quotestance.parsing.stanza_parser import ENCODER_KEY, LAYERS, MIXED, PARTS, StanzaParser
from quotestance.training.encoder_tuning import TuningSettings, tune_encoder
from quotestance.training.lemma_lexicon import extend_lemmatizer
from quotestance.training.parser_corpora import ParserCorpora, load_corpora, with_parsed
from quotestance.training.parser_files import file_options, write_names, write_treebanks

log = logging.getLogger(__name__)

_MODULES = {
    "tokenize": "tokenizer",
    "mwt": "mwt_expander",
    "pos": "tagger",
    "lemma": "lemmatizer",
    "depparse": "parser",
    "ner": "ner_tagger",
}
_ENCODED = ("pos", "depparse", "ner")
_ENCODER = f"--no_pretrain --no_char --bert_model {ENCODER_KEY} --bert_hidden_layers {MIXED}"
# The layers know words and their tags better than vectors that a few thousand sentences teach, and tags or
# lemmas that are right in the treebanks but not in a text would mislead the parser.
_SETTINGS = {
    "tokenize": "--steps 2600 --eval_steps 200 --max_seqlen 300",
    "mwt": "--num_epoch 8",
    # without --augment_nopunct each sentence has one form, and its features are computed once
    "pos": f"{_ENCODER} --share_hid --hidden_dim 200 --num_layers 1 --augment_nopunct 0 "
    "--batch_size 50 --word_cutoff 3 --max_steps 1500 --eval_interval 150 --fix_eval_interval "
    "--max_steps_before_stop 450 --second_lr 0.0005 --second_optim_reload",
    "lemma": "--num_epoch 3",
    "depparse": f"{_ENCODER} --no_upos --no_xpos --no_ufeats --word_emb_dim 0 --hidden_dim 200 "
    "--num_layers 1 --deep_biaff_hidden_dim 160 --deep_biaff_output_dim 120 --batch_size 2000 "
    "--optim adam --lr 0.002 --beta2 0.95 --second_optim_start_step 1100 --max_steps 1400 "
    "--eval_interval 100 --no_checkpoint",
    "ner": f"{_ENCODER} --hidden_dim 128 --batch_size 64 --max_steps 2500 --eval_interval 250",
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
    parts: Iterable[str] = PARTS,
    seed: int = 1234,
    resume: bool = False,
    commercial: bool = False,
    device: str | None = None,
    articles: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    tuning: TuningSettings | None = None,
) -> list[Path]:
    """Train a parser: the layers of the encoder that it reads, then Stanza's processors on them.

    With articles, the parser that the output folder holds already is trained further: it parses them,
    its layers go on from where they are and learn from its parses, too (see ``with_parsed``).

    Args:
        treebanks: Folder of treebanks (see ``load_treebanks``).
        ner: Folder of annotated names (see ``load_names``).
        encoder: Folder of the frozen encoder.
        output: Model folder; its folder ``stanza`` is written, each file when it is complete.
        parts: Which to train, of ``PARTS``. Processors go with the layers on which they were trained.
        seed: Of everything random.
        resume: Leave out parts that the output folder has already.
        commercial: Learn syntax only from treebanks whose licences allow commercial use. The licences
            of the names are not looked at.
        device: A torch device; Stanza's choice when left out.
        articles: Texts to parse, of the kind that the parser is for.
        settings: Options of Stanza's trainers by processor, over those of the shipped models.
        tuning: How the layers are tuned; as those of the shipped models when left out.

    Returns:
        The files that were written.

    Raises:
        ModelNotFoundError: when the encoder is incomplete, or when processors are to be trained on
            layers that the output folder lacks, or articles to be parsed by a parser that it lacks.
        QuotestanceError: when the data cannot be used, or when a trainer wrote nothing.
    """
    output = output / "stanza"
    todo = [part for part in PARTS if part in set(parts)]
    if resume:
        todo = [part for part in todo if not _file(output, part).is_file()]
    if articles and "layers" not in todo:
        raise QuotestanceError(
            "articles teach the layers alone: train these, and what stands on them"
        )
    require_files(encoder / name for name in ("config.json", "model.safetensors", "tokenizer.json"))
    if not todo:
        return []
    output.mkdir(parents=True, exist_ok=True)
    packages = {"it": {"lang_name": "Italian", "packages": {}}}
    (output / "resources.json").write_text(json.dumps(packages), encoding="utf-8")
    corpora = load_corpora(treebanks, ner, commercial)
    if "layers" in todo:
        start = None
        if articles:
            corpora = with_parsed(corpora, StanzaParser.from_pretrained(output, encoder), articles)
            start = output / LAYERS
        tune_encoder(
            corpora,
            encoder,
            output / LAYERS,
            start=start,
            seed=seed,
            settings=tuning,
            device=device,
        )
    processors = [part for part in todo if part != "layers"]
    more = {
        name: f"--seed {seed} {f'--device {device}' if device else ''} {(settings or {}).get(name, '')}"
        for name in processors
    }
    _train_processors(corpora, encoder, output, more, seed)
    return [_file(output, part) for part in todo]


def _train_processors(
    corpora: ParserCorpora, encoder: Path, output: Path, options: Mapping[str, str], seed: int
) -> None:
    """Train those processors for which there are options, over those of the shipped models."""
    reading: AbstractContextManager[LastingEncoder | None] = nullcontext()
    if set(_ENCODED).intersection(options):
        require_files([output / LAYERS])
        reading = shared_encoder(encoder, output / LAYERS)
    with TemporaryDirectory(prefix="quotestance-") as name, reading as memory:
        work = Path(name)
        write_treebanks(corpora.treebanks, work, seed)
        write_names(corpora.names, work)
        for processor, own in options.items():
            log.info("training %s", processor)
            if processor == "ner" and memory is not None:
                memory.forget()  # names are annotated in other sentences
            files = file_options(processor, work)
            file = _train(processor, [*files, *_SETTINGS[processor].split(), *own.split()], work)
            if processor == "lemma":
                extend_lemmatizer(file, corpora.treebanks.train)
            _finish(file, processor, _file(output, processor))


@contextmanager
def shared_encoder(folder: Path, layers: Path) -> Iterator[LastingEncoder]:
    """Let Stanza's trainers use one encoder, which remembers what it has read.

    They have no argument for that. Each of them, and each reload of the best model in mid-training,
    comes to ``bert_embedding.load_bert`` in the end, so this one function is replaced for a while; the
    name that the trainers ask for, and store, is then the neutral ``ENCODER_KEY``.

    Args:
        folder: Folder of the encoder.
        layers: File of the layers that were tuned for the parser.
    """
    model = AutoModel.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, add_pooling_layer=False
    )
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, add_prefix_space=True)
    encoder = LastingEncoder(retuned_layers(model, load_file(layers)), MIXED)
    original = bert_embedding.load_bert
    bert_embedding.load_bert = lambda *_, **__: (encoder, tokenizer)
    try:
        yield encoder
    finally:
        bert_embedding.load_bert = original


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


def _file(output: Path, part: str) -> Path:
    return output / (LAYERS if part == "layers" else f"{part}.pt")


def _train(processor: str, options: Sequence[str], work: Path) -> Path:
    """Run a trainer and return the file that it has written."""
    # A trainer saves its best so far, and would take a file of the same name in the current folder
    # for its own: hence another name, and another folder than the one for what is complete.
    name = f"quotestance-{processor}.pt"
    module = import_module(f"stanza.models.{_MODULES[processor]}")
    module.main([*options, "--save_dir", str(work / "saved"), "--save_name", name])
    return work / "saved" / name


def _finish(file: Path, processor: str, target: Path) -> None:
    """Put what a trainer has written into its place, without traces of the machine."""
    try:
        checkpoint = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:  # Stanza only logs that it could not write
        raise QuotestanceError(
            f"Stanza's trainer left no usable model for {processor} ({error}); see what it told "
            "above, and whether there is room on the disk"
        ) from error
    checkpoint["config"] = neutral(checkpoint["config"])
    if processor in _ENCODED:  # loaded into single precision again
        checkpoint["model"] = {
            name: value.half() if value.is_floating_point() else value
            for name, value in checkpoint["model"].items()
        }
    part = target.with_name(f"{target.name}.part")
    torch.save(checkpoint, part)  # not in Stanza's older format, which is never twice the same
    part.replace(target)
