"""Which annotated sentences the parser learns from, and which are kept out.

Sentences come from Universal Dependencies treebanks (CoNLL-U) and from files of annotated names (a
token and its tag a line). Nothing here knows the parser that is trained.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quotestance.errors import QuotestanceError
from quotestance.evaluation.parser_scores import cut_features

log = logging.getLogger(__name__)

# The treebanks whose licences allow commercial use.
COMMERCIAL = ("MarkIT", "PUD", "ParlaMint", "TWITTIRO", "Valico")
_HELD_OUT = "ISDT"  # its dev part is the dev set, its test part for measuring only
_NUMBER = re.compile(r"\d+(-\d+|\.\d+)?")  # of a word, a multi-word token, an empty node
_TAGS = frozenset({"O"} | {f"{part}-{label}" for part in "BI" for label in ("PER", "LOC", "ORG")})

NameSentence = tuple[tuple[str, str], ...]  # tokens, each with its tag in BIO


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """A sentence of a treebank.

    Attributes:
        rows: The ten columns of each line of CoNLL-U; empty nodes are left out.
        new_paragraph: Whether a paragraph or a document starts with it.
    """

    rows: tuple[tuple[str, ...], ...]
    new_paragraph: bool = False

    @property
    def units(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The rows of each token: its own, and those of its words after that of a multi-word token."""
        found: list[list[tuple[str, ...]]] = []
        last = 0  # word of the multi-word token
        for row in self.rows:
            first, _, end = row[0].partition("-")
            if int(first) <= last:
                found[-1].append(row)
            else:
                found.append([row])
                last = int(end or last)
        return tuple(map(tuple, found))

    @property
    def tokens(self) -> tuple[tuple[str, ...], ...]:
        """The rows that stand in the text: multi-word tokens, not their words."""
        return tuple(unit[0] for unit in self.units)

    @property
    def text(self) -> str:
        """The text, from the tokens and the blanks between them."""
        return "".join(row[1] + (" " if space_after(row) else "") for row in self.tokens).rstrip()

    def to_conllu(self) -> str:
        """Return the sentence as CoNLL-U, with the empty line that ends it."""
        lines = [f"# text = {self.text}", *("\t".join(row) for row in self.rows), "", ""]
        return "\n".join(["# newpar", *lines] if self.new_paragraph else lines)


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The sentences to learn from, and those to choose by."""

    train: tuple[TreebankSentence, ...]
    dev: tuple[TreebankSentence, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The sentences with annotated names to learn from, and those to choose by."""

    train: tuple[NameSentence, ...]
    dev: tuple[NameSentence, ...]


def load_treebanks(folder: Path, commercial: bool = False) -> Treebanks:
    """Collect the sentences of all Italian treebanks in a folder.

    The dev part of ISDT is the dev set. No sentence that stands in it or in the test part of ISDT is
    learned from, and none twice; of the test part only the texts are read. Everything else is learned
    from, the dev and test parts of the other treebanks too.

    Args:
        folder: Holds the treebanks in folders ``UD_Italian-*``, as they are released.
        commercial: Learn only from treebanks whose licences allow commercial use.

    Raises:
        QuotestanceError: when a file is no CoNLL-U, or when there is nothing to learn from or to
            choose by.
    """
    files = sorted(folder.glob("UD_Italian-*/*.conllu"))
    dev_files, test_files = ([f for f in files if _is_held_out(f, p)] for p in ("dev", "test"))
    learned = [
        file
        for file in files
        if file not in dev_files + test_files and (not commercial or _treebank(file) in COMMERCIAL)
    ]
    if not dev_files or not learned:
        raise QuotestanceError(
            f"{folder} needs UD_Italian-ISDT with its dev file, to choose by, and other treebanks "
            "in folders UD_Italian-*, to learn from: "
            "get them from https://universaldependencies.org"
        )
    if not test_files:
        log.warning("%s has no test part of ISDT: its sentences cannot be kept out", folder)
    dev = [s for file in dev_files for s in read_treebank(file)]
    barred = dev + [s for file in test_files for s in read_treebank(file)]
    train = _new((s for f in learned for s in read_treebank(f)), (s.text for s in barred))
    return Treebanks(tuple(map(reduced, train)), tuple(map(reduced, dev)))


def load_names(folder: Path) -> Names:
    """Collect the sentences with annotated names of a folder.

    ``*_train.tsv`` are learned from, ``*_dev.tsv`` chosen by; of ``*_test.tsv`` only the texts are
    read, to keep them out. Texts of the kind that is chosen by, ``A_train.tsv`` beside ``A_dev.tsv``,
    are learned from twice as often as others.

    Raises:
        QuotestanceError: when a line is no token with a tag, or when there is nothing to learn from
            or to choose by.
    """
    files = {part: sorted(folder.glob(f"*_{part}.tsv")) for part in ("train", "dev", "test")}
    dev, test = ([s for file in files[part] for s in read_names(file)] for part in ("dev", "test"))
    chosen = {file.name.removesuffix("_dev.tsv") for file in files["dev"]}
    train = [
        sentence
        for file in files["train"]
        for sentence in read_names(file)
        * (2 if file.name.removesuffix("_train.tsv") in chosen else 1)
    ]
    if not train or not dev:
        raise QuotestanceError(
            f"{folder} needs files *_train.tsv and *_dev.tsv, with a token and its tag a line"
        )
    barred = {letters(_words(sentence)) for sentence in dev + test}
    return Names(tuple(s for s in train if letters(_words(s)) not in barred), tuple(dev))


def read_treebank(file: Path) -> list[TreebankSentence]:
    """Read a CoNLL-U file.

    Raises:
        QuotestanceError: when a line is no CoNLL-U.
        OSError: when the file cannot be read.
    """
    return treebank_sentences(_lines(file), str(file))


def treebank_sentences(lines: Iterable[str], source: str) -> list[TreebankSentence]:
    """Return the sentences of CoNLL-U.

    Args:
        lines: The lines; the last is empty.
        source: What they come from, for the message of an error.

    Raises:
        QuotestanceError: when a line is no CoNLL-U.
    """
    sentences: list[TreebankSentence] = []
    rows: list[tuple[str, ...]] = []
    new_paragraph = True
    for number, line in enumerate(lines, start=1):
        if line.startswith(("# newpar", "# newdoc")):
            new_paragraph = True
        elif not line.strip() and rows:
            sentences.append(TreebankSentence(tuple(rows), new_paragraph))
            rows, new_paragraph = [], False
        elif line.strip() and not line.startswith("#"):
            row = tuple(line.split("\t"))
            if len(row) != 10 or not _NUMBER.fullmatch(row[0]):
                raise QuotestanceError(
                    f"{source}, line {number}: not CoNLL-U; a word has ten columns parted by tabs"
                )
            if "." not in row[0]:
                rows.append(row)
    return sentences


def read_names(file: Path) -> list[NameSentence]:
    """Read sentences with annotated names: a token and its tag a line, a tab between.

    Raises:
        QuotestanceError: when a line is something else.
        OSError: when the file cannot be read.
    """
    sentences: list[NameSentence] = []
    current: list[tuple[str, str]] = []
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            if current:
                sentences.append(tuple(current))
            current = []
            continue
        token, _, tag = line.partition("\t")
        if not token.strip() or tag not in _TAGS:
            raise QuotestanceError(
                f"{file}, line {number}: not a token, a tab and one of the tags "
                f"{', '.join(sorted(_TAGS))}"
            )
        current.append((token, tag))
    return sentences


def paragraphs(sentences: Iterable[TreebankSentence], longest: int = 15_000) -> list[str]:
    """Return the text of a treebank as paragraphs.

    Args:
        sentences: The sentences, in order.
        longest: Most characters of a paragraph. Many treebanks mark no paragraphs; what would be
            longer is parted between two sentences.
    """
    found: list[str] = []
    for sentence in sentences:
        text = sentence.text
        if not found or sentence.new_paragraph or len(found[-1]) + 1 + len(text) > longest:
            found.append(text)
        else:
            found[-1] += f" {text}"
    return found


def reduced(sentence: TreebankSentence) -> TreebankSentence:
    """Return a sentence with only what the parser learns.

    The treebanks' own tags (XPOS) differ from each other and go, so do features that are too rare to
    learn, enhanced dependencies, and notes other than on blanks.
    """
    rows = (
        (
            *row[:4],
            "_",
            cut_features(row[5]),
            row[6],
            row[7],
            "_",
            "_" if space else "SpaceAfter=No",
        )
        for row in sentence.rows
        for space in [space_after(row)]
    )
    return replace(sentence, rows=tuple(rows))


def space_after(row: Sequence[str]) -> bool:
    """Tell whether a blank follows a token."""
    return "SpaceAfter=No" not in row[9].split("|")


def letters(text: str) -> str:
    """Return what of a text is compared, to find it in another treebank: its letters, casefolded.

    A text without letters is compared whole.
    """
    return "".join(c for c in text.casefold() if c.isalpha()) or text


def _lines(file: Path) -> list[str]:
    """Return the lines of a file, and an empty one that ends what is not ended."""
    try:
        return [*file.read_text(encoding="utf-8").split("\n"), ""]
    except UnicodeDecodeError as error:
        problem = f"{file}: not UTF-8 (byte {error.start + 1}); save the file as UTF-8"
        raise QuotestanceError(problem) from error


def _new(
    sentences: Iterable[TreebankSentence], barred: Iterable[str]
) -> Iterator[TreebankSentence]:
    """Yield the sentences whose texts are not barred, each once; paragraphs stay apart."""
    seen = {letters(text) for text in barred}
    starts = False
    for sentence in sentences:
        starts |= sentence.new_paragraph
        key = letters(sentence.text)
        if key not in seen:
            seen.add(key)
            yield replace(sentence, new_paragraph=starts)
            starts = False


def _treebank(file: Path) -> str:
    return file.parent.name.removeprefix("UD_Italian-")


def _is_held_out(file: Path, part: str) -> bool:
    return _treebank(file) == _HELD_OUT and file.name.endswith(f"-{part}.conllu")


def _words(sentence: NameSentence) -> str:
    return " ".join(token for token, _ in sentence)
