from __future__ import annotations

import csv
import inspect
import io
import json
import os
import subprocess
import sys
import warnings
from dataclasses import replace
from types import SimpleNamespace

import pytest

import quotestance
from quotestance import Document, Entity, Quote, QuotestanceError, Span, Speaker, Stance
from quotestance.cli import build_parser, main
from quotestance.commands.analyze import analyze
from quotestance.corpus import read_jsonl, write_jsonl
from quotestance.evaluation import evaluate
from quotestance.inputs import Failure

ROSSI, VERDI = Entity("e1", "person", "Anna Rossi"), Entity("e2", "person", "Ugo Verdi")


class FakePipeline:
    """Takes each text as one quote of Rossi against Verdi; texts may ask for something else."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def pipe(self, documents, batch_size=8):
        batch = list(documents)
        self.batches.append([document.id for document in batch])
        for document in batch:
            match document.text:
                case "BOOM":
                    raise RuntimeError("boom")
                case "STOP":
                    raise KeyboardInterrupt
                case "ENGLISH":
                    warnings.warn_explicit("not Italian", UserWarning, "x.py", 1, "quotestance.x")
                case "NOISE":
                    warnings.warn_explicit("deprecated", FutureWarning, "x.py", 1, "torch.x")
            yield replace(document, entities=(ROSSI, VERDI), quotes=self.quotes(document.text))

    def quotes(self, text):
        if not text.strip():
            return ()
        content, speaker = Span.of(text, 0, len(text)), Speaker(ROSSI, None, 0.5)
        return (Quote("q1", "direct", (content,), (), speaker, (Stance(VERDI, "accusatory"),), 1),)


@pytest.fixture
def nlp(monkeypatch):
    """The pipeline that the commands load; ``loaded`` tells how."""
    pipeline = FakePipeline()

    def load(folder=None, *, device=None):
        pipeline.loaded = (folder, device)
        return pipeline

    monkeypatch.setattr(quotestance, "load", load)
    return pipeline


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A function that writes files into the working folder and returns their names."""
    monkeypatch.chdir(tmp_path)

    def write(**texts: str) -> list[str]:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_bytes(text.encode())
        return [f"{name}.txt" for name in texts]

    return write


@pytest.fixture
def stdin(monkeypatch):
    """A function that gives the command a standard input, of bytes or a terminal."""

    def give(content: bytes | None) -> None:
        stream = io.TextIOWrapper(io.BytesIO(content or b""))
        stream.isatty = lambda: content is None
        monkeypatch.setattr(sys, "stdin", stream)

    return give


def shell(*arguments: str, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "quotestance", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


# The command itself


def test_the_module_runs_as_the_command():
    done = shell("--version")
    assert (done.returncode, done.stdout) == (0, f"quotestance {quotestance.__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sing"],
        ["analyze", "--format", "xml", "a.txt"],
        ["analyze", "--batch-size", "0", "a.txt"],
        ["analyze", "--batch-size", "two", "a.txt"],
        ["evaluate"],
        ["convert", "a.qm"],
        ["train"],
        ["train", "labeller", "--train", "a.jsonl"],
    ],
)
def test_misuse_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: quotestance" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["convert", "manca.qm", "--output", "x.jsonl"]])
def test_help_and_convert_load_no_model_library(arguments, tmp_path):
    code = (
        "import sys\n"
        "from quotestance.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'stanza', 'transformers', 'datasets', 'scipy', 'rich'}\n"
        "print('loaded:', *heavy & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1].strip() == "loaded:"


def test_an_interruption_ends_cleanly(nlp, files, capsys):
    assert main(["analyze", *files(a="STOP"), "--output", "x.csv", "--format", "csv"]) == 130
    assert capsys.readouterr().err == "quotestance: interrupted\n"
    assert not os.path.exists("x.csv.part")


def test_a_reader_that_has_enough_ends_cleanly(tmp_path):
    code = (
        "import sys, quotestance\n"
        f"sys.path.insert(0, {os.path.dirname(__file__)!r})\n"
        "from test_cli import FakePipeline\n"
        "quotestance.load = lambda *_, **__: FakePipeline()\n"
        "from quotestance.cli import main\n"
        "sys.exit(main(['analyze', 'x.jsonl', '--format', 'jsonl']))"
    )
    write_jsonl((Document(str(n), "testo " * 1000) for n in range(100)), tmp_path / "x.jsonl")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdout.readline().startswith(b'{"id": "0"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


# analyze


def test_files_are_analysed_in_order(nlp, files, capsys):
    names = files(uno="primo", due="secondo", tre="terzo")
    assert main(["analyze", *names, "--format", "jsonl", "--batch-size", "2"]) == 0
    out, err = capsys.readouterr()
    documents = [Document.from_dict(json.loads(line)) for line in out.splitlines()]
    assert [(d.id, d.text) for d in documents] == [
        ("uno", "primo"),
        ("due", "secondo"),
        ("tre", "terzo"),
    ]
    assert all(d.quotes[0].speaker.entity == ROSSI for d in documents)
    assert nlp.batches == [["uno", "due"], ["tre"]]
    assert err == ""


def test_fields_of_the_user_are_carried_along(nlp, files, tmp_path, capsys):
    files()
    (tmp_path / "x.jsonl").write_text('{"id": 7, "text": "sì", "url": "u"}', encoding="utf-8")
    assert main(["analyze", "x.jsonl", "--format", "jsonl"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["text"], data["url"], len(data["quotes"])) == ("7", "sì", "u", 1)


def test_options_reach_the_models(nlp, files):
    main(["analyze", *files(a=""), "--model", "dir", "--device", "cuda:1"])
    assert (str(nlp.loaded[0]), nlp.loaded[1]) == ("dir", "cuda:1")


def test_the_formats(nlp, files, capsys):
    names = files(a="parole", b="")
    shown = {}
    for name in ("table", "json", "jsonl", "csv"):
        assert main(["analyze", *names, "--format", name]) == 0
        shown[name] = capsys.readouterr().out
    assert shown["table"].splitlines() == [
        "a · 1 quote",
        "speaker     stance                  type    p     words",
        "Anna Rossi  accusatory → Ugo Verdi  direct  1.00  parole",
        "",
        "b · no quotes found",
    ]
    assert json.loads(shown["json"]) == [json.loads(x) for x in shown["jsonl"].splitlines()]
    [row] = csv.DictReader(io.StringIO(shown["csv"]))
    assert (row["document"], row["target"], row["text"]) == ("a", "Ugo Verdi", "parole")


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_a_text_from_standard_input(nlp, stdin, capsys, arguments):
    stdin("perché\r\nno".encode())
    assert main(["analyze", *arguments, "--format", "jsonl"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["text"]) == ("stdin", "perché\r\nno")


def test_a_terminal_without_files_is_shown_the_help(nlp, stdin, capsys):
    stdin(None)
    assert main(["analyze"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: quotestance analyze")


@pytest.mark.parametrize("name", ["jsonl", "json", "csv", "table"])
@pytest.mark.parametrize("text", ["\x00\x1b[31m", "a\u2028b\r\nc", "x" * 1_000_000])
def test_odd_texts_pass_through(nlp, files, capsys, name, text):
    assert main(["analyze", *files(a=text), "--format", name]) == 0
    out = capsys.readouterr().out
    if name == "jsonl":
        assert json.loads(out)["text"] == text


@pytest.mark.parametrize("name", ["jsonl", "json", "csv", "table"])
def test_a_lone_surrogate_passes_through(nlp, files, tmp_path, capsys, name):
    files()
    (tmp_path / "x.jsonl").write_text(r'{"id": "a", "text": "m\ud83d"}', encoding="utf-8")
    assert main(["analyze", "x.jsonl", "--format", name, "--output", "out"]) == 0
    written = (tmp_path / "out").read_text(encoding="utf-8")
    assert ("m\ufffd" if name == "table" else r"m\ud83d") in written


def test_one_bad_file_of_a_hundred_loses_no_other(nlp, files, tmp_path, capsys):
    names = files(**{f"f{n:02}": f"testo {n}" for n in range(100)})
    (tmp_path / "f50.txt").write_bytes(b"perch\xe9")
    assert main(["analyze", *names, "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 99
    told, summary = err.splitlines()
    assert told.startswith("quotestance: f50.txt: not UTF-8 (byte 5)")
    assert summary == "99 documents, 1 failed"


def test_a_document_that_breaks_the_models_loses_no_other(nlp, files, capsys):
    names = files(a="uno", b="BOOM", c="tre", d="quattro")
    assert main(["analyze", *names, "--format", "jsonl", "--batch-size", "3"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "c", "d"]
    assert err == (
        "quotestance: b: the analysis failed (RuntimeError: boom)\n3 documents, 1 failed\n"
    )
    assert nlp.batches == [["a", "b", "c"], ["a"], ["b"], ["c"], ["d"]]


def test_failures_stand_in_their_place(nlp):
    bad = Failure("x.txt", "why")
    results = analyze(nlp, [bad, Document("a", "uno"), bad, Document("b", "BOOM"), bad], 2)
    assert [r if isinstance(r, Document) else r.place for r in results] == [
        "x.txt",
        replace(Document("a", "uno"), entities=(ROSSI, VERDI), quotes=nlp.quotes("uno")),
        "x.txt",
        "b",
        "x.txt",
    ]


def test_articles_are_read_a_batch_at_a_time(nlp):
    read = []
    results = analyze(nlp, (read.append(n) or Document(str(n), "") for n in range(100)), 4)
    next(results)
    assert read == [0, 1, 2, 3]


def test_an_output_file_is_written_whole(nlp, files, tmp_path, capsys):
    assert main(["analyze", *files(a="è"), "--format", "jsonl", "--output", "out.jsonl"]) == 0
    [document] = read_jsonl(tmp_path / "out.jsonl")
    assert document.text == "è"
    out, err = capsys.readouterr()
    assert (out, err) == ("", "1 document, 0 failed\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]


def test_an_interruption_leaves_the_old_output(nlp, files, tmp_path):
    names = files(a="uno", b="STOP")
    (tmp_path / "out").write_text("old", encoding="utf-8")
    assert main(["analyze", *names, "--output", "out", "--batch-size", "1"]) == 130
    assert (tmp_path / "out").read_text(encoding="utf-8") == "old"


def test_an_output_may_be_its_own_input(nlp, files, tmp_path):
    files()
    write_jsonl([Document("a", "uno"), Document("b", "due")], tmp_path / "x.jsonl")
    assert main(["analyze", "x.jsonl", "--format", "jsonl", "--output", "x.jsonl"]) == 0
    assert [len(d.quotes) for d in read_jsonl(tmp_path / "x.jsonl")] == [1, 1]


def test_an_output_through_a_link_keeps_the_link(nlp, files, tmp_path):
    names = files(a="uno")
    (tmp_path / "real").write_text("")
    (tmp_path / "link").symlink_to("real")
    assert main(["analyze", *names, "--output", "link"]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8").startswith("a · 1 quote")


def test_a_device_is_written_in_place(nlp, files):
    assert main(["analyze", *files(a="uno"), "--output", os.devnull]) == 0
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("output", [".", "manca/out.jsonl"])
def test_an_output_that_cannot_be_written_is_told_before_any_work(nlp, files, capsys, output):
    assert main(["analyze", *files(a="uno"), "--output", output]) == 1
    assert "folder" in capsys.readouterr().err
    assert nlp.batches == []


def test_warnings_of_the_library_are_lines_and_others_are_not_shown(nlp, files, capsys):
    assert main(["analyze", *files(a="ENGLISH", b="NOISE")]) == 0
    assert capsys.readouterr().err == "quotestance: warning: not Italian\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            QuotestanceError("there is no model folder x"),
            "quotestance: there is no model folder x\n",
        ),
        (
            ValueError("bad header"),
            "quotestance: the models cannot be loaded (ValueError: bad header); "
            "check --model and --device, or fetch the model files anew\n",
        ),
    ],
)
def test_models_that_cannot_be_loaded_are_told(monkeypatch, files, capsys, error, told):
    def load(*_, **__):
        raise error

    monkeypatch.setattr(quotestance, "load", load)
    assert main(["analyze", *files(a="uno"), "--output", "out"]) == 1
    assert capsys.readouterr() == ("", told)
    assert not os.path.exists("out")


@pytest.mark.parametrize("output", [[], ["--output", "out"]])
def test_a_progress_bar_is_on_terminals_only(nlp, files, capsys, monkeypatch, output):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["analyze", *files(a="uno", b="BOOM"), *output]) == 1
    err = capsys.readouterr().err
    assert "analyze" in err
    assert "quotestance: b: the analysis failed" in err
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["analyze", "a.txt", "b.txt"])
    assert "━" not in capsys.readouterr().err  # the table itself is on the terminal


# evaluate


@pytest.fixture
def gold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fake = FakePipeline()
    documents = [
        Document(n, t, (ROSSI, VERDI), fake.quotes(t)) for n, t in (("a", "uno"), ("b", "due"))
    ]
    write_jsonl(documents, tmp_path / "gold.jsonl")
    return documents


def test_predictions_are_scored(gold, tmp_path, capsys):
    predicted = [gold[1], replace(gold[0], quotes=())]
    write_jsonl(predicted, tmp_path / "predicted.jsonl")
    assert main(["evaluate", "gold.jsonl", "predicted.jsonl", "--json", "report.json"]) == 0
    report = evaluate(gold, predicted)
    assert capsys.readouterr() == (report.format() + "\n", "")
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert written == report.to_dict()
    assert written["overall"]["quotes"]["recall"] == 0.5


def test_without_predictions_the_models_are_scored(gold, nlp, capsys):
    seen = []
    pipe = nlp.pipe
    nlp.pipe = lambda documents, batch_size: pipe([seen.append(d) or d for d in documents])
    assert main(["evaluate", "gold.jsonl", "--model", "dir"]) == 0
    assert capsys.readouterr().out == evaluate(gold, gold).format() + "\n"
    assert all(d.quotes == () and d.entities == () for d in seen)


def test_errors_are_listed_before_the_figures(gold, tmp_path, capsys):
    write_jsonl([gold[0], replace(gold[1], quotes=())], tmp_path / "predicted.jsonl")
    assert main(["evaluate", "gold.jsonl", "predicted.jsonl", "--errors"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("b  missed\n  gold       due\n")
    assert out.index("missed 1") < out.index("2 documents")


@pytest.mark.parametrize(
    ("predicted", "told"),
    [
        ('{"id": "c", "text": ""}', "predicted.jsonl: "),
        ('{"id": "c"}', "predicted.jsonl, line 1: text: is missing"),
        (None, "No such file or directory: 'predicted.jsonl'"),
    ],
    ids=["other articles", "schema", "missing"],
)
def test_predictions_that_cannot_be_scored_are_told(gold, tmp_path, capsys, predicted, told):
    if predicted:
        (tmp_path / "predicted.jsonl").write_text(predicted, encoding="utf-8")
    assert main(["evaluate", "gold.jsonl", "predicted.jsonl"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("quotestance: ")
    assert told in err


# convert

MARKUP = (
    "#id: {id}\n#entity: rossi | person | Anna Rossi | -\n#quote: 1 | direct | rossi | -\n#text\n"
    "{{q1:Vinceremo}}, {{c1:dice}} Anna Rossi."
)


def test_markup_is_converted(tmp_path, capsys):
    (tmp_path / "x.qm").write_text(MARKUP.format(id="dip-001"), encoding="utf-8")
    output = tmp_path / "x.jsonl"
    assert main(["convert", str(tmp_path), "--output", str(output)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{output}: 1 articles, 4 words, 1 entities, 1 mentions, 1 quotes, 1 dir")
    assert (out.count("\n"), err) == (1, "")
    [document] = read_jsonl(output)
    assert document.quotes[0].text == "Vinceremo"


def test_articles_are_split_and_doubts_are_told(tmp_path, capsys):
    for number in (1, 31):
        markup = MARKUP.format(id=f"dip-{number:03}")
        (tmp_path / f"{number}.qm").write_text(markup, encoding="utf-8")
    assert main(["convert", str(tmp_path), "--output", str(tmp_path), "--split", "--doubts"]) == 0
    assert {p.name for p in tmp_path.glob("*.jsonl")} == {"train.jsonl", "validation.jsonl"}
    assert capsys.readouterr().out.count("indirect") == 2
    (tmp_path / "1.qm").write_text(MARKUP.format(id="dip-001").replace("direct", "mixed"))
    main(["convert", str(tmp_path / "1.qm"), "--output", str(tmp_path / "y"), "--doubts"])
    assert "mixed, but it has no quotation marks" in capsys.readouterr().out


def test_problems_of_the_markup_are_told_and_lose_nothing_else(tmp_path, capsys):
    (tmp_path / "good.qm").write_text(MARKUP.format(id="dip-001"), encoding="utf-8")
    (tmp_path / "bad.qm").write_text("#id: x\n", encoding="utf-8")
    output = tmp_path / "x.jsonl"
    assert main(["convert", str(tmp_path), "--output", str(output)]) == 1
    out, err = capsys.readouterr()
    assert "1 articles" in out
    assert (
        err == f"quotestance: {tmp_path}/bad.qm: no #text line between the header and the article\n"
    )


# train


def test_training_is_given_the_options_that_stand_there(monkeypatch, capsys):
    given = []
    run = SimpleNamespace(
        train_labeller=lambda *files, **options: (
            given.append((files, options)) or SimpleNamespace(format=lambda: "report")
        )
    )
    monkeypatch.setitem(sys.modules, "quotestance.training.run", run)
    command = (
        "train labeller --train a.jsonl b.jsonl --validation v.jsonl w.jsonl --output out "
        "--epochs 0.5"
    )
    assert main([*command.split(), "--resume", "--seed", "7"]) == 0
    assert capsys.readouterr().out == "report\n"
    [((files,), options)] = given
    assert [str(file) for file in files] == ["a.jsonl", "b.jsonl"]
    assert [str(file) for file in options.pop("validation")] == ["v.jsonl", "w.jsonl"]
    assert {name: str(value) for name, value in options.items()} == {
        "output": "out",
        "epochs": "0.5",
        "resume": "True",
        "seed": "7",
    }


def test_training_without_accelerate_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("quotestance.commands.train.find_spec", lambda name: None)
    assert main("train labeller --train a --validation v --output o".split()) == 1
    assert capsys.readouterr().err == (
        "quotestance: training needs accelerate: pip install 'quotestance[train]'\n"
    )


def test_every_option_of_training_is_one_of_the_function():
    train_labeller = pytest.importorskip("quotestance.training.run").train_labeller
    command = (
        "train labeller --train a --validation v --output o --base b --fresh --epochs 1 "
        "--batch-size 1 --learning-rate 1 --head-learning-rate 1 --seed 1 --resume --bf16 --cache c "
        "--stages quotes stances --columns text=t --replay r --patience 1 --no-experts --other-names"
    )
    options = vars(build_parser().parse_args(command.split()))
    given = {name: options[name] for name in options if name not in ("run", "train")}
    # a mapping of transformers' own arguments is for Python
    parameters = set(inspect.signature(train_labeller).parameters)
    assert {"train", "arguments", *given} == parameters
