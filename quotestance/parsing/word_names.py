"""Names over words: the shipped name tagger reads the words of a sentence, as tagger and parser do.

Stanza's name tagger reads tokens (*della*), the others words (*di*, *la*), so that a memory of what the
encoder has read would not serve it. It is given documents whose tokens are the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

# by whether a token begins a name and whether it ends one
_PARTS = {(True, True): "S", (True, False): "B", (False, True): "E", (False, False): "I"}


def tag_names(tagger: Any, documents: Sequence[Any]) -> None:
    """Find the names in Stanza documents whose words are known.

    Args:
        tagger: A Stanza processor of names that has learned from words.
        documents: The documents; their tokens get tags, themselves and their sentences names.
    """
    import stanza

    sentences = [sentence for document in documents for sentence in document.sentences]
    if not sentences:
        return
    words = tagger.process(stanza.Document([_bare(sentence) for sentence in sentences]))
    for sentence, tagged in zip(sentences, words.sentences, strict=True):
        tags = [token.ner for token in tagged.tokens]
        sizes = [len(token.words) for token in sentence.tokens]
        for token, tag in zip(sentence.tokens, token_tags(tags, sizes), strict=True):
            token.ner = tag
    for document in documents:
        document.build_ents()


def token_tags(tags: Sequence[str], sizes: Sequence[int]) -> list[str]:
    """Return the tags of tokens from those of their words, all in BIOES.

    A token belongs to a name when its first word does; a name that begins within a token begins with the
    next one.

    Args:
        tags: Of each word.
        sizes: How many words each token has.
    """
    names: list[int] = []  # of each word: where its name begins, -1 for none
    for at, tag in enumerate(tags):
        begins = tag[0] in "BS" or (tag != "O" and (at == 0 or names[-1] < 0))
        names.append(-1 if tag == "O" else at if begins else names[-1])
    firsts = accumulate(sizes[:-1], initial=0)
    told = [-2, *(names[first] for first in firsts), -2]
    return [
        "O" if name < 0 else f"{_PARTS[name != before, name != after]}-{tags[name][2:]}"
        for before, name, after in zip(told, told[1:], told[2:], strict=False)
    ]


def _bare(sentence: Any) -> list[dict[str, Any]]:
    words = (word for token in sentence.tokens for word in token.words)
    return [{"id": (number,), "text": word.text} for number, word in enumerate(words, start=1)]
