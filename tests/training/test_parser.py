"""The parser's training, end to end on a handful of sentences and a random encoder."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import gettempdir

import pytest
import torch
from stanza.models import tagger
from stanza.models.common import bert_embedding
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertModel, PreTrainedTokenizerFast

from quotestance.cli import main
from quotestance.errors import ModelNotFoundError, QuotestanceError
from quotestance.lower_layers import lower_layers
from quotestance.parsing.stanza_parser import (
    ENCODER_KEY,
    LAYERS,
    MIXED,
    PROCESSORS,
    StanzaParser,
)
from quotestance.training.encoder_tuning import TuningSettings
from quotestance.training.parser import (
    LastingEncoder,
    neutral,
    shared_encoder,
    train_parser,
)

TREEBANK = """\
# text = Anna parla dell'asilo.
1\tAnna\tAnna\tPROPN\tSP\t_\t2\tnsubj\t_\t_
2\tparla\tparlare\tVERB\tV\tMood=Ind|Number=Sing\t0\troot\t_\t_
3-4\tdell'\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tdi\tdi\tADP\tE\t_\t5\tcase\t_\t_
4\tl'\til\tDET\tRD\tDefinite=Def\t5\tdet\t_\t_
5\tasilo\tasilo\tNOUN\tS\tGender=Masc|Number=Sing\t2\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\tFS\t_\t2\tpunct\t_\t_

# text = "No", dice {name}.
1\t"\t"\tPUNCT\tFB\t_\t2\tpunct\t_\tSpaceAfter=No
2\tNo\tno\tINTJ\tI\tPolarity=Neg\t5\tparataxis\t_\tSpaceAfter=No
3\t"\t"\tPUNCT\tFB\t_\t2\tpunct\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\tFF\t_\t2\tpunct\t_\t_
5\tdice\tdire\tVERB\tV\tMood=Ind|Number=Sing\t0\troot\t_\t_
6\t{name}\t{name}\tPROPN\tSP\t_\t5\tnsubj\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\tFS\t_\t5\tpunct\t_\t_

"""
NAMES = "Anna\tB-PER\nRossi\tI-PER\nparla\tO\n.\tO\n\nRoma\tB-LOC\ntace\tO\n.\tO\n\n"
SMALL = "--hidden_dim 8 --word_emb_dim 8 --max_steps 2 --eval_interval 2"
SETTINGS = {
    "tokenize": "--steps 2 --hidden_dim 8 --emb_dim 8 --batch_size 2",
    "mwt": "--num_epoch 1 --hidden_dim 8 --emb_dim 8",
    "pos": f"{SMALL} --deep_biaff_hidden_dim 8 --tag_emb_dim 8",
    "lemma": "--num_epoch 1 --hidden_dim 8 --emb_dim 8 --pos_dim 8",
    "depparse": f"{SMALL} --deep_biaff_hidden_dim 8 --deep_biaff_output_dim 8 --tag_emb_dim 8",
    "ner": SMALL,
}
TUNING = TuningSettings(epochs=1)


@pytest.fixture
def encoder(deep_encoder: BertModel) -> BertModel:
    return deep_encoder


@pytest.fixture
def folders(tmp_path, encoder) -> dict[str, Path]:
    """The folders that a training needs, by the names of their arguments."""
    for name, part, person in (("ISDT", "dev", "Ugo"), ("PUD", "test", "Eva")):
        folder = tmp_path / "data" / f"UD_Italian-{name}"
        folder.mkdir(parents=True)
        text = TREEBANK.replace("{name}", person).replace("Anna", f"Anna{part}")
        (folder / f"it_{name.lower()}-ud-{part}.conllu").write_text(text, encoding="utf-8")
    for part in ("train", "dev"):
        text = NAMES.replace("tace", "tace" if part == "dev" else "dorme").replace("Anna", part)
        (tmp_path / "data" / f"A_{part}.tsv").write_text(text, encoding="utf-8")
    words = "<pad> <s> </s> <unk> Anna Rossi Roma parla dice tace di l ' . ,".split()
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, "<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("</s>", 2), ("<s>", 1))
    special = {"pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **special)
    fast.save_pretrained(tmp_path / "encoder")
    encoder.save_pretrained(tmp_path / "encoder")
    return {
        "treebanks": tmp_path / "data",
        "ner": tmp_path / "data",
        "encoder": tmp_path / "encoder",
        "output": tmp_path / "out",
    }


def test_a_parser_is_trained_and_can_be_loaded(folders, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(logging.getLogger("stanza"), "disabled", True)
    output = folders["output"] / "stanza"
    written = train_parser(**folders, settings=SETTINGS, tuning=TUNING, device="cpu")
    assert written == [output / LAYERS, *(output / f"{name}.pt" for name in PROCESSORS)]
    assert sorted(output.iterdir()) == sorted([*written, output / "resources.json"])
    for file in written[1:]:
        assert str(Path(gettempdir())).encode() not in file.read_bytes()
        config = torch.load(file, weights_only=True)["config"]
        assert config.get("bert_model") in (None, ENCODER_KEY)
        assert config["seed"] == 1234
    text = "Anna parla dell'asilo."
    words = StanzaParser.from_pretrained(output, folders["encoder"])(text).words
    assert (words[0].start, words[-1].end) == (0, len(text))

    before = (output / LAYERS).read_bytes()
    further = {"parts": ["layers"], "articles": [f"{text}\nRoma tace."], "tuning": TUNING}
    assert train_parser(**folders, **further, device="cpu") == [output / LAYERS]
    assert (output / LAYERS).read_bytes() != before

    pos = torch.load(output / "pos.pt", weights_only=True)
    pos["config"]["bert_model"] = "another-encoder"
    torch.save(pos, output / "pos.pt")
    with pytest.raises(ModelNotFoundError, match="quotestance train parser"):
        StanzaParser.from_pretrained(output, folders["encoder"])


def test_what_is_complete_is_not_trained_again(folders, monkeypatch) -> None:
    monkeypatch.setattr(logging.getLogger("stanza"), "disabled", True)
    output = folders["output"] / "stanza"
    options = {**folders, "settings": SETTINGS, "tuning": TUNING, "device": "cpu"}
    with pytest.raises(ModelNotFoundError, match=LAYERS):
        train_parser(**options, parts=["pos"])
    [lemma] = train_parser(**options, parts=["lemma"])  # which reads no layers
    assert lemma.is_file()
    [layers] = train_parser(**options, parts=["layers"])
    tuned = layers.read_bytes()
    [pos] = train_parser(**options, parts=["pos"])
    before = pos.read_bytes()
    assert train_parser(**options, parts=["pos", "mwt"], resume=True) == [output / "mwt.pt"]
    assert train_parser(**options, parts=["pos", "mwt"], resume=True) == []
    assert pos.read_bytes() == before
    train_parser(**options, parts=["pos"])
    assert pos.read_bytes() == before  # the same seed
    train_parser(**options, parts=["pos"], seed=7)
    assert pos.read_bytes() != before
    train_parser(**options, parts=["layers"])
    assert layers.read_bytes() == tuned


def test_articles_teach_the_layers_of_a_parser_that_is_there(folders) -> None:
    with pytest.raises(QuotestanceError, match="articles teach the layers"):
        train_parser(**folders, parts=["pos"], articles=["Roma tace."])
    with pytest.raises(ModelNotFoundError):
        train_parser(**folders, parts=["layers"], articles=["Roma tace."])


def test_a_model_that_was_not_written_is_told(folders, monkeypatch) -> None:
    monkeypatch.setattr(tagger, "main", lambda _: None)
    with pytest.raises(QuotestanceError, match="Stanza's trainer left no usable model for pos"):
        train_parser(**folders, parts=["layers", "pos"], tuning=TUNING, device="cpu")
    assert not (folders["output"] / "stanza" / "pos.pt").exists()


def test_stanza_has_its_own_loading_back(folders) -> None:
    original = bert_embedding.load_bert
    [layers] = train_parser(**folders, parts=["layers"], tuning=TUNING, device="cpu")
    with shared_encoder(folders["encoder"], layers) as encoder:
        assert bert_embedding.load_bert(ENCODER_KEY)[0] is encoder
    assert bert_embedding.load_bert is original


def test_the_encoder_reads_a_sentence_once_and_without_dropout(encoder, monkeypatch) -> None:
    ids = torch.tensor([[1, 5, 6, 2]])
    mask = torch.ones_like(ids)
    with torch.no_grad():
        states = encoder.eval()(ids, attention_mask=mask, output_hidden_states=True).hidden_states
    expected = states[8]
    lasting = LastingEncoder(lower_layers(encoder, 8), MIXED).train()
    assert not any(module.training for module in lasting.modules())
    assert torch.allclose(lasting(ids, mask).hidden_states[-1], expected, atol=1e-2)
    monkeypatch.setattr(encoder.embeddings, "forward", None)
    states = lasting(ids, mask).hidden_states[-1]
    assert torch.allclose(states, expected, atol=1e-2)
    assert states.dtype == torch.float32


def test_nothing_of_the_machine_stays_in_the_arguments() -> None:
    config = {"train_file": "/home/me/x", "save_dir": "C:\\x", "lr": 0.1, "device": "cuda:1"}
    assert neutral(config) == {"train_file": None, "save_dir": None, "lr": 0.1, "device": "cpu"}
    assert neutral({"bert_model": "/models/bert"})["bert_model"] == ENCODER_KEY
    assert neutral({"bert_model": None})["bert_model"] is None


def test_the_command_gives_its_options_to_the_training(monkeypatch, tmp_path, capsys) -> None:
    given = {}
    article = tmp_path / "a.txt"
    article.write_text("Anna tace.", encoding="utf-8")

    def train(**options):
        given.update(options)
        return [tmp_path / "pos.pt"]

    monkeypatch.setattr("quotestance.training.parser.train_parser", train)
    folders = [f"--{name}={name}" for name in ("treebanks", "ner", "encoder", "output")]
    options = ["--parts", "pos", "ner", "--seed", "7", "--resume", "--commercial"]
    options += ["--articles", str(article)]
    assert main(["train", "parser", *folders, *options]) == 0
    assert given == {
        **{name: Path(name) for name in ("treebanks", "ner", "encoder", "output")},
        "parts": ["pos", "ner"],
        "seed": 7,
        "resume": True,
        "commercial": True,
        "articles": ["Anna tace."],
    }
    assert capsys.readouterr().out == f"{tmp_path / 'pos.pt'}\n"
    assert main(["train", "parser", *folders, "--articles", str(tmp_path / "no.txt")]) != 0
    assert "no.txt" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["train", "parser", *folders, "--parts", "coref"])
