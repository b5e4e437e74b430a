"""From text to words, syntax and names; one module alone knows Stanza."""

from quotestance.parsing.parse import Name, Parse, Sentence, Word
from quotestance.parsing.text import readable

__all__ = ["Name", "Parse", "Sentence", "Word", "readable"]
