"""Sentences that the tokenizer cut in two become whole."""

from __future__ import annotations

import pytest
from stanza.models.common.doc import Document

from quotestance.parsing.boundaries import mend_boundaries


def document(*sentences: str) -> Document:
    """Return a document whose sentences are cut at ``|`` into tokens; no blank is before a ``_``."""
    text, rows = "", []
    for sentence in sentences:
        rows.append([])
        for number, token in enumerate(sentence.split("|"), 1):
            glued = token.startswith("_")
            token = token.lstrip("_")
            text += token if glued or not text else " " + token
            span = {"start_char": len(text) - len(token), "end_char": len(text)}
            rows[-1].append({"id": number, "text": token, **span})
    return Document(rows, text=text)


def cut(document: Document) -> list[str]:
    return ["|".join(token.text for token in s.tokens) for s in document.sentences]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["L'|_on|_.", "Galli|parla|_."], ["L'|on.|Galli|parla|."]),
        (["Il|prof.", "Lai|e|l'|_avv.", "Melis|firmano"], ["Il|prof.|Lai|e|l'|avv.|Melis|firmano"]),
        (["Venturi|_:", "«|_Chiude|_»"], ["Venturi|:|«|Chiude|»"]),
        (["G.B.", "Rossi|parla"], ["G.B.|Rossi|parla"]),
        (["Il|giudice|E.", "De|Santis"], ["Il|giudice|E.|De|Santis"]),
        (["Il|ministro|Sergej", "Lavrov|parla"], ["Il|ministro|Sergej|Lavrov|parla"]),
        (["In|Emilia|_-", "_Romagna|piove"], ["In|Emilia|-|Romagna|piove"]),
        (["Il|testo|(|_qui|_)", "è|perso|_."], ["Il|testo|(|qui|)|è|perso|."]),
        (["«|_Basta|_.", "_»", "Esce|_."], ["«|Basta|.|»", "Esce|."]),
    ],
)
def test_a_sentence_cut_in_two_is_joined(sentences, expected) -> None:
    joined = mend_boundaries(document(*sentences))
    assert cut(joined) == expected
    for sentence in joined.sentences:
        assert [token.id for token in sentence.tokens] == [
            (number,) for number in range(1, len(sentence.tokens) + 1)
        ]
        for token in sentence.tokens:
            assert joined.text[token.start_char : token.end_char] == token.text


@pytest.mark.parametrize(
    "sentences",
    [
        ["Piove|_.", "Resto|qui|_."],
        ["Torna|in|Serie|A.", "Il|Milan|festeggia|_."],
        ["Il|cordoglio", "La|notizia|arriva|_."],
        ["Dalla|provincia|_Il|sindaco|_."],
        ["Misura|10|_km|_."],
        ["Lo|dice|l'|_U.E.", "La|risposta|arriva|_."],
        ["I|punti|_:", "La|spesa|sale|_."],
        ["Vive|negli|U.S.A.", "Il|presidente|parla|_."],
        ["L'|_on|_.", "parla|_."],
    ],
)
def test_what_ends_a_sentence_stays_its_end(sentences) -> None:
    given = document(*sentences)
    assert mend_boundaries(given) is given


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Lo|dice|Dmitri|_j", "Peskov|_."], ["Lo|dice|Dmitrij|Peskov|."]),
        (["Nel|201|_2|piove"], ["Nel|2012|piove"]),
        (["W|_.|Bush|parla"], ["W.|Bush|parla"]),
        (["Su|http|_:|_//a.it/b|_.", "Poi|esce|_."], ["Su|http://a.it/b|.", "Poi|esce|."]),
        (["Su|www.a.it/b_).", "Esce|_."], ["Su|www.a.it/b_|).", "Esce|."]),
        (["Scrive|@|_val|_e|_tace|che"], ["Scrive|@valetace|che"]),
        (["La|'|_ndrangheta|uccide"], ["La|'ndrangheta|uccide"]),
    ],
)
def test_what_is_one_token_becomes_one(sentences, expected) -> None:
    assert cut(mend_boundaries(document(*sentences))) == expected


def test_tokens_of_several_words_are_renumbered() -> None:
    text = "Il dott. Neri del Po"
    rows = [
        [
            {"id": 1, "text": "Il", "start_char": 0, "end_char": 2},
            {"id": 2, "text": "dott.", "start_char": 3, "end_char": 8},
        ],
        [
            {"id": 1, "text": "Neri", "start_char": 9, "end_char": 13},
            {"id": (2, 3), "text": "del", "start_char": 14, "end_char": 17},
            {"id": 2, "text": "di"},
            {"id": 3, "text": "il"},
            {"id": 4, "text": "Po", "start_char": 18, "end_char": 20},
        ],
    ]
    (sentence,) = mend_boundaries(Document(rows, text=text)).sentences
    assert [token.id for token in sentence.tokens] == [(1,), (2,), (3,), (4, 5), (6,)]
    assert [word.text for word in sentence.words] == ["Il", "dott.", "Neri", "di", "il", "Po"]
