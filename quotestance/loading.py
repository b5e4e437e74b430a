"""Loading the parser and the encoder that parser and labeller share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from quotestance.errors import ModelNotFoundError
from quotestance.model_files import require_files
from quotestance.parsing.stanza_parser import StanzaParser

if TYPE_CHECKING:
    import stanza

SHIPPED = Path(__file__).parent.parent / "models" / "it"


@dataclass(frozen=True)
class Base:
    """What a labeller stands on.

    Attributes:
        folder: The model folder.
        parser: The parser.
        encoder: The frozen encoder; the parser's own where it has the folder's.
        tokenizer: The encoder's tokenizer.
        device: A torch device.
    """

    folder: Path
    parser: StanzaParser
    encoder: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    device: str


def load_base(
    folder: str | Path | None = None,
    *,
    parser: stanza.Pipeline | StanzaParser | None = None,
    device: str | None = None,
) -> Base:
    """Load the encoder and the parser of a model folder, offline.

    Args:
        folder: A model folder; the shipped Italian models when left out.
        parser: A ready ``stanza.Pipeline`` to use instead of the folder's.
        device: A torch device; CUDA where there is one when left out.

    Raises:
        ModelNotFoundError: when the folder or a file in it is missing.
    """
    folder = Path(folder) if folder is not None else SHIPPED
    if not folder.is_dir():
        raise ModelNotFoundError(
            f"there is no model folder {folder}. The shipped models lie in models/it of the "
            "repository: install from a clone with `pip install -e .`, or give their path."
        )
    place = folder / "encoder"
    require_files([place / name for name in ("config.json", "model.safetensors", "tokenizer.json")])
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if parser is None:
        parser = StanzaParser.from_pretrained(folder / "stanza", place, device)
    elif not isinstance(parser, StanzaParser):
        parser = StanzaParser(parser)
    encoder = parser.encoder
    if encoder is None:
        encoder = AutoModel.from_pretrained(
            place, dtype=torch.float32, local_files_only=True, add_pooling_layer=False
        )
        encoder = encoder.eval().to(device)
    tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=True)
    return Base(folder, parser, encoder, tokenizer, device)
