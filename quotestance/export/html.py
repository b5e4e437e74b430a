"""Documents as HTML: a page of its own, or a fragment for the cell of a notebook.

Neither has scripts nor loads anything. The quotes stand highlighted in the text, and each is told
again in a badge behind it, on hovering, and in a table.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from quotestance.document import Document
from quotestance.export.html_parts import article, heading, legend, own_labels, table
from quotestance.export.html_text import escape_line
from quotestance.export.palette import palette_css

PAGE_END = "</main>\n</body>\n</html>\n"


def document_html(document: Document, *, title: str | None = None) -> str:
    """Return a document as an HTML page that needs nothing else.

    Args:
        document: Any document, predicted or annotated.
        title: Title and heading of the page; the id of the document when left out.

    Returns:
        The page. It can always be written as UTF-8: characters that cannot be shown are replaced (see
        ``html_text.printable``).
    """
    if title is None:
        return page_start(document.id, heading(document, level=1)) + _body(document) + PAGE_END
    return page_start(title) + heading(document) + _body(document) + PAGE_END


def document_fragment(document: Document) -> str:
    """Return a document as an HTML element with its own style, for a page of somebody else.

    The style is limited to the element, whose colours follow the notebook or the screen.
    """
    parts = f"<style>\n{_style()}</style>\n", heading(document), legend(), _body(document)
    return f'<div class="quotestance">\n{"".join(parts)}</div>\n'


def page_start(title: str, head: str | None = None) -> str:
    """Return the beginning of a page, up to where the first document stands.

    Args:
        title: Title of the page, any text.
        head: HTML of its heading; the title when left out.
    """
    shown = escape_line(title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Even if something slipped through the escaping, nothing is run and nothing is fetched.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{shown}</title>\n<style>\n{_style()}</style>\n</head>\n"
        '<body class="quotestance qs-page">\n<main>\n' + (head or f"<h1>{shown}</h1>\n") + legend()
    )


def page_document(document: Document) -> str:
    """Return a document as one of the sections of a page that starts with ``page_start``."""
    return f"<section>\n{heading(document, level=2)}{_body(document)}</section>\n"


def _body(document: Document) -> str:
    return own_labels(document) + article(document) + table(document)


@cache
def _style() -> str:
    sheet = files("quotestance.export").joinpath("data", "document.css")
    return palette_css(".quotestance") + sheet.read_text(encoding="utf-8")
