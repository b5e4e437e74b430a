from __future__ import annotations

import io
import json
import sys

import pytest

from quotestance.document import Document
from quotestance.inputs import Failure, count_articles, read_inputs


@pytest.fixture
def write(tmp_path):
    """A function that writes a file and returns its path as a string."""

    def write(name: str, content: str | bytes = "") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def read(*sources: str) -> list[Document | Failure]:
    return list(read_inputs(sources))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "«Sì», disse.\r\nE poi\rno.\n\n",
        "a\u2028b\x85c\x0bd",
        "nul \x00 e \x1b[31m",
        " \n",
        "è " * 500_000,
    ],
    ids=["empty", "line ends", "odd line ends", "controls", "blank", "1 MB"],
)
def test_a_text_is_unchanged(write, text):
    assert read(write("articolo.uno.txt", text)) == [Document("articolo.uno", text)]


def test_a_byte_order_mark_is_dropped_once(write):
    [text, line] = read(
        write("a.txt", "\ufeff\ufeffè"), write("b.jsonl", '\ufeff{"id": "b", "text": "\ufeff"}')
    )
    assert (text.text, line.text) == ("\ufeffè", "\ufeff")


def test_lines_keep_ids_order_and_other_fields(write):
    path = write(
        "x.jsonl",
        '{"text": "due", "id": "2", "url": "http://x", "tags": [1, null]}\n'
        '\n  \r\n{"id": "1", "text": "uno", "domain": "sport"}',
    )
    assert read(path) == [
        Document("2", "due", extra={"url": "http://x", "tags": [1, None]}),
        Document("1", "uno", domain="sport"),
    ]


def test_a_whole_number_is_an_id_as_its_digits(write):
    [document] = read(write("x.jsonl", '{"id": 17, "text": ""}'))
    assert document.id == "17"


def test_a_lone_surrogate_in_an_escape_is_kept(write):
    [document] = read(write("x.jsonl", r'{"id": "a", "text": "mezzo \ud83d carattere"}'))
    assert document.text == "mezzo \ud83d carattere"


def test_stdin_is_one_text(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("è\r\n".encode())))
    assert read("-") == [Document("stdin", "è\r\n")]


@pytest.mark.parametrize("name", ["a.TXT", "a.JSONL"])
def test_suffixes_have_no_case(write, name):
    [document] = read(write(name, '{"id": "a", "text": ""}'))
    assert document.id == "a"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b"', "not JSON: Expecting ',' delimiter at column 11"),
        ("[" * 100_000, "nested too deep"),
        ("3", "document: must be an object, not 3"),
        ('{"text": ""}', "id: is missing; required here: id, text"),
        ('{"id": true, "text": ""}', "id: must be a string that is not empty, not True"),
        ('{"id": "b", "text": 4}', "text: must be a string, not 4"),
        (
            '{"id": "b", "text": "", "quotes": [{"id": "q"}]}',
            "quotes[0].type: is missing; required here: id, type, content, speaker; "
            "quotes[0].content: is missing",
        ),
        ('{"id": "a", "text": ""}', "the id 'a' is that of {path}, line 1 already; rename one"),
    ],
    ids=["json", "depth", "object", "id", "boolean id", "text", "several", "double id"],
)
def test_a_bad_line_loses_no_other(write, line, reason):
    path = write("x.jsonl", f'{{"id": "a", "text": ""}}\n{line}\n{{"id": "c", "text": ""}}\n')
    first, failure, last = read(path)
    assert (first.id, last.id) == ("a", "c")
    assert failure.place == f"{path}, line 2"
    assert reason.format(path=path) in failure.reason


@pytest.mark.parametrize(
    ("content", "place", "encoding"),
    [
        ("“Perché”".encode("cp1252"), 0, "windows-1252"),
        ("Perché".encode("latin1"), 5, "windows-1252"),
        (b"\xef\xbb\xbfPerch\xe9", 8, "windows-1252"),
        ("Perché".encode("utf-16"), 0, "utf-16"),
    ],
    ids=["windows", "latin1", "after a byte order mark", "utf-16"],
)
def test_bytes_that_are_no_utf8_are_told_with_the_remedy(write, content, place, encoding):
    path = write("a.txt", content)
    [failure] = read(path)
    assert failure.place == path
    assert f"not UTF-8 (byte {place});" in failure.reason
    assert failure.reason.endswith(f"iconv -f {encoding} -t utf-8 {path}")


def test_bytes_that_are_no_utf8_are_counted_in_the_file(write):
    first = b'{"id": "a", "text": ""}\n'
    _, failure = read(write("x.jsonl", first + b'{"id": "b", "text": "\xe8"}'))
    assert f"not UTF-8 (byte {len(first) + 21});" in failure.reason


def test_what_is_no_file_of_articles_is_told(write, tmp_path):
    missing = str(tmp_path / "manca.txt")
    nameless = str(tmp_path / "manca")
    pdf = write("a.pdf")
    failures = {f.place: f.reason for f in read(missing, nameless, str(tmp_path), pdf)}
    assert failures == {
        missing: "No such file or directory",
        nameless: "No such file or directory",
        str(tmp_path): f"is a folder; give its files, as in {tmp_path}/*.txt",
        pdf: "is neither .txt nor .jsonl; rename it, or give its text to -",
    }


def test_two_files_with_one_stem_are_told_by_both_names(write):
    one, two = write("lunedì/articolo.txt", "uno"), write("martedì/articolo.txt", "due")
    document, failure = read(one, two)
    assert document.text == "uno"
    assert str(failure) == f"{two}: the id 'articolo' is that of {one} already; rename one"


def test_one_bad_file_of_a_hundred_loses_no_other(write):
    paths = [write(f"{n:02}.txt", b"\xe8" if n == 50 else f"testo {n}") for n in range(100)]
    results = read(*paths)
    assert [isinstance(r, Failure) for r in results] == [n == 50 for n in range(100)]


def test_files_are_read_only_when_asked_for(write, tmp_path):
    stream = read_inputs([write("a.txt"), str(tmp_path / "b.txt")])
    next(stream)
    write("b.txt", "nato dopo")
    assert next(stream).text == "nato dopo"


def test_articles_are_counted_ahead(write, tmp_path):
    lines = "\n".join(json.dumps({"id": str(n), "text": ""}) for n in range(3)) + "\n\n"
    sources = [write("a.txt", lines), write("x.jsonl", lines), str(tmp_path / "manca.jsonl"), "-"]
    assert count_articles(sources) == 1 + 3 + 1 + 1
