"""Offsets in UTF-16 code units, as Java and JavaScript count, and in characters, as Python does.

They differ after the first character beyond U+FFFF, such as most emoji, which takes two units.
"""

from __future__ import annotations

from itertools import accumulate


class Utf16:
    """Turns offsets of a text into one another.

    Attributes:
        differs: Whether the two counts differ anywhere in the text.
    """

    def __init__(self, text: str) -> None:
        self.differs = any(char > "\uffff" for char in text)
        sizes = (2 if char > "\uffff" else 1 for char in text)
        self._units = [0, *accumulate(sizes)]
        self._characters = {unit: index for index, unit in enumerate(self._units)}

    def to_units(self, offset: int) -> int:
        """Return the UTF-16 offset of a character offset."""
        return self._units[offset]

    def to_character(self, offset: int) -> int:
        """Return the character offset of a UTF-16 offset.

        Raises:
            ValueError: when it lies outside the text or within a character.
        """
        try:
            return self._characters[offset]
        except KeyError as error:
            raise ValueError(f"{offset} is no place between two characters of the text") from error
