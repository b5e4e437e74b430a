"""The whole: texts in, documents with quotes, speakers, targets and stances out."""

from __future__ import annotations

import shutil
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quotestance.document import Document, Quote
from quotestance.errors import QuotestanceError
from quotestance.extraction import Extraction, extract
from quotestance.labelling.given import given_discourse
from quotestance.language import looks_italian
from quotestance.parsing.stanza_parser import StanzaParser

if TYPE_CHECKING:
    import stanza

    from quotestance.labelling.labeller import Labeller

_REMEMBERED = 8  # extractions kept for questions about a document just made


class QuoteStance:
    """Reads Italian news: who said what, and how they stand toward the other party.

    Args:
        parser: Makes a parse of a text.
        labeller: Labels what the rules find in it.
        folder: Where the models were loaded from, if from a folder.
    """

    def __init__(
        self, parser: StanzaParser, labeller: Labeller, folder: Path | None = None
    ) -> None:
        self.parser = parser
        self.labeller = labeller
        self.folder = folder
        self._extractions: OrderedDict[str, Extraction] = OrderedDict()

    @classmethod
    def from_pretrained(
        cls,
        folder: str | Path | None = None,
        *,
        parser: stanza.Pipeline | StanzaParser | None = None,
        device: str | None = None,
    ) -> QuoteStance:
        """Load the models, offline.

        Args:
            folder: A model folder with ``encoder/``, ``stanza/`` and ``labeller/``; the shipped Italian
                models when left out.
            parser: A ready ``stanza.Pipeline`` (tokenize, mwt, pos, lemma, depparse, ner) to use instead
                of the folder's.
            device: A torch device; CUDA where there is one when left out.

        Raises:
            ModelNotFoundError: when the folder or a file in it is missing.
        """
        from quotestance.labelling.labeller import Labeller
        from quotestance.loading import load_base

        base = load_base(folder, parser=parser, device=device)
        return cls(base.parser, Labeller.load(base), base.folder)

    def save_pretrained(self, folder: str | Path) -> None:
        """Save the models as a folder that ``from_pretrained`` loads.

        Raises:
            QuotestanceError: when the parser was given by the caller; save that one yourself.
        """
        if self.folder is None or self.parser.encoder is None:
            raise QuotestanceError(
                "only a pipeline loaded from a model folder, with that folder's parser, can be saved; "
                "save the labeller alone with nlp.labeller.save(folder)"
            )
        folder = Path(folder)
        for part in ("encoder", "stanza"):
            if (folder / part).resolve() != (self.folder / part).resolve():
                shutil.copytree(self.folder / part, folder / part, dirs_exist_ok=True)
        self.labeller.save(folder / "labeller")

    def push_to_hub(
        self, repo_id: str, *, private: bool | None = None, token: str | None = None
    ) -> str:
        """Upload the models as a folder that ``from_pretrained`` loads, with the card if there is one.

        Args:
            repo_id: ``user/name`` on the Hugging Face Hub; made when it does not exist.
            private: Whether only its owner sees a new repository.
            token: An access token; the one of ``hf auth login`` when left out.

        Returns:
            The address of the commit.

        Raises:
            QuotestanceError: as ``save_pretrained``.
        """
        from huggingface_hub import HfApi

        api = HfApi(token=token)
        with TemporaryDirectory() as folder:
            self.save_pretrained(folder)
            card = self.folder / "README.md" if self.folder else None
            if card is not None and card.is_file():
                shutil.copy(card, folder)
            name = api.create_repo(repo_id, private=private, exist_ok=True).repo_id
            commit = api.upload_folder(repo_id=name, folder_path=folder)
        return str(commit.commit_url)

    def __call__(self, text: str | Document, id: str = "document") -> Document:
        """Read one article.

        Args:
            text: The article, or a document whose id, domain and extra fields are kept (its own quotes
                and entities are not read).
            id: The document's id when a text is given.

        Returns:
            A document with the same text; offsets are characters of it, end exclusive.
        """
        document = text if isinstance(text, Document) else Document(id=id, text=text)
        return next(self.pipe([document]))

    def pipe(self, texts: Iterable[str | Document], batch_size: int = 8) -> Iterator[Document]:
        """Read a stream of articles, in order, in bounded memory.

        Args:
            texts: Articles, or documents to keep the id of; a text's id is its place in the stream.
            batch_size: How many articles are labelled together.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {batch_size}")
        stream = (
            text if isinstance(text, Document) else Document(id=str(number), text=text)
            for number, text in enumerate(texts)
        )
        while batch := list(islice(stream, batch_size)):
            yield from self.labeller([(document, self._extract(document)) for document in batch])

    def stance(self, document: Document, quote: int | str | Quote, toward: str) -> dict[str, float]:
        """Tell how a quote stands toward any party of the article, target or not.

        Args:
            document: A document, from this pipeline or annotated.
            quote: The quote, its index or its id.
            toward: Id, name or alias of an entity of the document.

        Returns:
            The probability of each stance label, given that the quote takes a position on that party;
            they sum to 1.

        Raises:
            KeyError: when the document has no such quote or entity.
            ValueError: when the entity is the speaker, or is not mentioned in the text.
        """
        chosen = _find_quote(document, quote)
        entity = document.entity(toward)
        if entity == chosen.speaker.entity:
            raise ValueError(f"{entity.name} is the speaker of the quote: ask about another party")
        given = given_discourse(self._extract(document), document, (chosen,))
        cluster = given.clusters.get(entity.id)
        if cluster is None:
            raise ValueError(
                f"the text does not mention {entity.name} where the document says; "
                "give the entity the spans of its mentions"
            )
        stage = self.labeller.stances
        position = stage.label_toward(given.discourse, given.attributions[chosen.id], cluster)
        return {
            name: float(probability)
            for name, probability in zip(
                stage.model.config.stance_names, position.labels, strict=True
            )
        }

    def _extract(self, document: Document) -> Extraction:
        text = document.text
        known = self._extractions.pop(text, None)
        if known is None:
            if not looks_italian(text):
                warnings.warn(
                    f"document {document.id!r} does not look Italian; the models read Italian only",
                    stacklevel=3,
                )
            known = extract(self.parser(text))
        self._extractions[text] = known
        while len(self._extractions) > _REMEMBERED:
            self._extractions.popitem(last=False)
        return known


def _find_quote(document: Document, quote: int | str | Quote) -> Quote:
    if isinstance(quote, Quote):
        return quote
    if isinstance(quote, int):
        if not -len(document.quotes) <= quote < len(document.quotes):
            raise KeyError(
                f"document {document.id!r} has {len(document.quotes)} quotes, no {quote}"
            )
        return document.quotes[quote]
    for one in document.quotes:
        if one.id == quote:
            return one
    raise KeyError(f"document {document.id!r} has no quote {quote!r}")
