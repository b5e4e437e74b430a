from __future__ import annotations

import pytest

from quotestance.language import looks_italian

ITALIAN = (
    "Il ministro ha detto che la riforma della scuola non si ferma, ma anche che il governo è pronto "
    "a discutere con i sindacati delle sue parti più contestate nei prossimi giorni."
)
ENGLISH = (
    "The minister said that the school reform will not stop, but also that the government is ready "
    "to discuss its most contested parts with the unions over the next few days."
)
SPANISH = (
    "El ministro dijo que la reforma de la escuela no se detiene, pero también que el gobierno está "
    "listo para discutir con los sindicatos sus partes más controvertidas en los próximos días."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(ITALIAN, True), (ENGLISH, False), (SPANISH, False), ("Breaking news", True), ("", True)],
)
def test_looks_italian(text, expected) -> None:
    assert looks_italian(text) is expected
