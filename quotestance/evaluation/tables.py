"""Tables of figures, as plain text, Markdown or HTML.

Whatever comes from an article is escaped in Markdown and HTML: a cell never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_MARKUP = re.compile(r"([\\`*_\[\]|#~])")


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the rows; the others hold figures.

    Attributes:
        header: The heading of each column.
        rows: The cells, as many in each row as there are headings.
        caption: What the table shows, for a reader who sees it apart from its report.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    @classmethod
    def of(cls, header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> Table:
        """Return a table of any sequences of cells."""
        return cls(tuple(header), tuple(map(tuple, rows)), caption)

    def format(self) -> str:
        """Return the table as aligned columns of plain text, without its caption."""
        lines = [self.header, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if column else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        )

    def markdown(self) -> str:
        """Return the table as a pipe table of Markdown, its caption as a line above."""
        rule = ["---"] + ["---:"] * (len(self.header) - 1)
        lines = [
            f"| {' | '.join(cells)} |"
            for cells in (
                map(escape_markdown, self.header),
                rule,
                *(map(escape_markdown, row) for row in self.rows),
            )
        ]
        caption = [f"**{escape_markdown(self.caption)}**", ""] if self.caption else []
        return "\n".join([*caption, *lines])

    def html(self) -> str:
        """Return the table as an HTML element."""
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.header)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>\n"
            for name, *cells in self.rows
        )
        return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>"

    def _repr_html_(self) -> str:
        return self.html()


def escape_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    line = escape(" ".join(text.split()), quote=False)
    return _MARKUP.sub(r"\\\1", line)


def number(counts: object, value: float) -> str:
    """Return a measure with three decimals; ``-`` when nothing was counted.

    Args:
        counts: The counts from which the measure was taken; false when there are none.
        value: The measure.
    """
    return f"{value:.3f}" if counts else "-"
