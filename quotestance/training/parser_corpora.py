"""What a parser learns from, as it learns it: in one typography, marks where words say, names on words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quotestance.parsing.punctuation import attach_marks
from quotestance.parsing.stanza_parser import StanzaParser
from quotestance.parsing.text import readable, uniform
from quotestance.training.name_words import expansions, over_words
from quotestance.training.parser_data import (
    Names,
    Treebanks,
    TreebankSentence,
    letters,
    load_names,
    load_treebanks,
    reduced,
    treebank_sentences,
)
from quotestance.training.typography import uniform_names, uniform_sentence

_LONGEST = 80  # words of a parsed sentence that is learned from


@dataclass(frozen=True, slots=True)
class ParserCorpora:
    """What a parser learns from.

    Attributes:
        treebanks: Annotated sentences, to learn from and to choose by.
        names: Sentences with annotated names, over words; likewise.
        parsed: Sentences that a parser parsed, to learn from beside those of treebanks.
    """

    treebanks: Treebanks
    names: Names
    parsed: tuple[TreebankSentence, ...] = ()


def load_corpora(treebanks: Path, ner: Path, commercial: bool = False) -> ParserCorpora:
    """Load treebanks and annotated names (see ``load_treebanks``, ``load_names``).

    Raises:
        QuotestanceError: when the data cannot be used.
    """
    read = load_treebanks(treebanks, commercial)
    train = tuple(_with_marks(uniform_sentence(sentence)) for sentence in read.train)
    dev = tuple(map(uniform_sentence, read.dev))
    named = load_names(ner)
    names = Names(*(tuple(map(uniform_names, part)) for part in (named.train, named.dev)))
    return ParserCorpora(Treebanks(train, dev), over_words(names, expansions(train)))


def with_parsed(
    corpora: ParserCorpora, parser: StanzaParser, texts: Iterable[str]
) -> ParserCorpora:
    """Return corpora with the parses of texts, from which a parser can learn better than it parses.

    Its layers see them with words hidden, so that what one sentence shows clearly is learned for others
    (*noisy student*: Xie et al. 2020, *Self-training with Noisy Student*).

    Args:
        corpora: The treebanks, whose sentences are not parsed again.
        parser: The teacher.
        texts: Articles in the domain where the parser is to work.
    """
    seen = {
        letters(s.text) for part in (corpora.treebanks.train, corpora.treebanks.dev) for s in part
    }
    found: list[TreebankSentence] = []
    for text in texts:
        for sentence in _parsed(parser, text):
            key = letters(sentence.text)
            if len(sentence.rows) <= _LONGEST and key not in seen:
                seen.add(key)
                found.append(sentence)
    return replace(corpora, parsed=tuple(found))


def _parsed(parser: StanzaParser, text: str) -> Sequence[TreebankSentence]:
    import stanza

    lines = [line for line in uniform(readable(text)).splitlines() if line.strip()]
    documents = [stanza.Document([], text=line) for line in lines]
    done = parser.annotate(documents, "tokenize,mwt,pos,lemma,depparse")
    conllu = "".join(f"{document:C}\n\n" for document in done)
    return [reduced(sentence) for sentence in treebank_sentences(conllu.split("\n"), "a parse")]


def _with_marks(sentence: TreebankSentence) -> TreebankSentence:
    """Return a sentence whose punctuation marks hang where the parser will put them."""
    words = [row for row in sentence.rows if "-" not in row[0]]
    heads = attach_marks(
        [row[1] for row in words],
        [row[3] for row in words],
        [int(row[6]) - 1 for row in words],
        [row[7] for row in words],
    )
    new = {row[0]: str(head + 1) for row, head in zip(words, heads, strict=True)}
    rows = ((*row[:6], new.get(row[0], row[6]), *row[7:]) for row in sentence.rows)
    return replace(sentence, rows=tuple(rows))
