"""The only module that knows Stanza: from texts to ``Parse``."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotestance.document import Span
from quotestance.errors import ModelNotFoundError
from quotestance.model_files import require_files
from quotestance.parsing.boundaries import mend_boundaries
from quotestance.parsing.parse import Name, Parse, Sentence, Word
from quotestance.parsing.punctuation import attach_marks
from quotestance.parsing.text import readable, uniform, unwrapped
from quotestance.parsing.word_names import tag_names

if TYPE_CHECKING:
    import stanza
    from transformers import PreTrainedModel

    from quotestance.parsing.encoder_cache import MemoisedEncoder

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
PARTS = ("layers", *PROCESSORS)  # what a folder holds
ENCODER_KEY = "quotestance-parser"  # how the processors' files name the layers that they share
LAYERS = "layers.safetensors"  # these layers, but the lowest, which are the encoder's own
MIXED = 5  # the states above how many of them, the highest, the processors mix
_CHARACTERS_PER_BATCH = 50_000  # bounds the memory that hidden states take
_CHARACTERS_PER_PARAGRAPH = 20_000  # a longer one is no paragraph; it is cut at white space


class StanzaParser:
    """Parses texts with a Stanza pipeline.

    Args:
        pipeline: A ready ``stanza.Pipeline`` with the processors tokenize, mwt, pos, lemma, depparse
            and ner; the shipped one comes from ``from_pretrained``.
        encoder: The whole encoder on which it stands.
    """

    def __init__(
        self,
        pipeline: stanza.Pipeline,
        encoder: PreTrainedModel | None = None,
    ) -> None:
        missing = [p for p in PROCESSORS if p != "mwt" and p not in pipeline.processors]
        if missing:
            raise ValueError(
                f"the Stanza pipeline lacks the processors {', '.join(missing)}; "
                f"build it with processors='{','.join(PROCESSORS)}'"
            )
        self.pipeline = pipeline
        self.memory = _memory(pipeline)  # of what the shipped processors have read
        self.encoder = encoder

    def forget(self) -> None:
        """Drop what the encoder remembers of the texts it has read."""
        if self.memory is not None:
            self.memory.forget()

    @classmethod
    def from_pretrained(
        cls, folder: str | Path, encoder: str | Path, device: str = "cpu"
    ) -> StanzaParser:
        """Load the processors of a folder, offline.

        Args:
            folder: Holds ``tokenize.pt``, ``mwt.pt``, ``pos.pt``, ``lemma.pt``, ``depparse.pt``,
                ``ner.pt``, ``layers.safetensors`` and ``resources.json``.
            encoder: Folder of the encoder whose layers were tuned for pos, depparse and ner.
            device: A torch device.

        Raises:
            ModelNotFoundError: when a file is missing, or was trained on other layers of the encoder.
        """
        folder, encoder = Path(folder), Path(encoder)
        files = [folder / f"{name}.pt" for name in PROCESSORS]
        files += [folder / LAYERS, folder / "resources.json"]
        require_files([*files, encoder / "config.json", encoder / "model.safetensors"])

        import stanza
        import torch
        from safetensors.torch import load_file
        from stanza.models.common.foundation_cache import BertRecord, FoundationCache
        from transformers import AutoModel, AutoTokenizer

        from quotestance.lower_layers import retuned_layers
        from quotestance.parsing.encoder_cache import MemoisedEncoder

        logging.getLogger("stanza").setLevel(logging.ERROR)
        model = AutoModel.from_pretrained(
            encoder, dtype=torch.float32, local_files_only=True, add_pooling_layer=False
        )
        tokenizer = AutoTokenizer.from_pretrained(
            encoder, local_files_only=True, add_prefix_space=True
        )
        model = model.eval().to(device)
        memory = MemoisedEncoder(retuned_layers(model, load_file(folder / LAYERS)), MIXED)
        cache = FoundationCache(local_files_only=True)
        cache.bert[ENCODER_KEY] = BertRecord(memory, tokenizer, {})
        try:
            pipeline = stanza.Pipeline(
                "it",
                dir=str(folder),
                resources_filepath=str(folder / "resources.json"),
                package=None,
                processors={},
                download_method=None,
                foundation_cache=cache,
                device=device,
                verbose=False,
                **{f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS},
            )
        except OSError as error:  # Stanza looks for an encoder of another name in the network
            raise ModelNotFoundError(
                f"the processors in {folder} do not stand on the encoder as this version reads it "
                f"({ENCODER_KEY}); train them again with `quotestance train parser`"
            ) from error
        return cls(pipeline, model)

    def __call__(self, text: str) -> Parse:
        """Parse one text."""
        return next(self.parse([text]))

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts, one after the other, in order.

        Offsets in the result are those of the text as given, and so are words but those of multi-word
        tokens. Marks, apostrophes and dashes are read as if all were of one style; characters that no
        tokenizer should see (controls, lone surrogates) as spaces. A line break ends a paragraph, and so a
        sentence, since headlines and subheads have no full stop; but not in a text whose lines were
        broken at a width.
        """
        import stanza

        for text in texts:
            words: list[Word] = []
            sentences: list[Sentence] = []
            names: list[Name] = []
            clean = uniform(unwrapped(readable(text)))
            for batch in _batches(list(_paragraphs(clean))):
                bare = [stanza.Document([], text=clean[p.start : p.end]) for _, p in batch]
                documents = self.annotate(bare)
                for (number, paragraph), document in zip(batch, documents, strict=True):
                    _collect(text, number, paragraph.start, document, words, sentences, names)
            yield Parse(text, tuple(words), tuple(sentences), tuple(names))

    def annotate(self, documents: Sequence[Any], processors: str | None = None) -> list[Any]:
        """Run Stanza's processors on its documents, joining sentences and hanging marks by rule.

        Args:
            documents: Stanza documents: bare texts, or with what the processors need.
            processors: Which to run, parted by commas; all when left out.

        Returns:
            The documents; the heads of marks are those of ``attach_marks``.
        """
        wanted = processors.split(",") if processors else list(self.pipeline.processors)
        cutters = [name for name in wanted if name in ("tokenize", "mwt")]
        by_words = ["ner"] if "ner" in wanted and self.memory is not None else []
        others = [name for name in wanted if name not in (*cutters, *by_words)]
        done: list[Any] = list(documents)
        try:
            if cutters:
                done = self.pipeline.bulk_process(done, processors=cutters)
            if "tokenize" in cutters:
                done = [mend_boundaries(document) for document in done]
            if others:
                done = self.pipeline.bulk_process(done, processors=others)
            if by_words:
                tag_names(self.pipeline.processors["ner"], done)
        finally:
            self.forget()
        for document in done:
            for sentence in document.sentences:
                _attach_marks([word for token in sentence.tokens for word in token.words])
        return done


def _memory(pipeline: stanza.Pipeline) -> MemoisedEncoder | None:
    """Return what reads for a pipeline's name tagger when it is of the shipped make."""
    from quotestance.parsing.encoder_cache import MemoisedEncoder

    for trainer in getattr(pipeline.processors["ner"], "trainers", ()):
        reader = getattr(trainer.model, "bert_model", None)
        if isinstance(reader, MemoisedEncoder):
            return reader
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, Span]]:
    """Yield the number and span of each line that has text, over-long ones in pieces."""
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        end = start + len(line)
        while start < end:
            stop = end
            if end - start > _CHARACTERS_PER_PARAGRAPH:
                cut = text.rfind(" ", start, start + _CHARACTERS_PER_PARAGRAPH)
                stop = cut + 1 if cut > start else start + _CHARACTERS_PER_PARAGRAPH
            if text[start:stop].strip():
                yield number, Span(start, stop)
            start = stop


def _batches(paragraphs: list[tuple[int, Span]]) -> Iterator[list[tuple[int, Span]]]:
    batch: list[tuple[int, Span]] = []
    size = 0
    for item in paragraphs:
        if batch and size + len(item[1]) > _CHARACTERS_PER_BATCH:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item[1])
    if batch:
        yield batch


def _collect(
    text: str,
    paragraph: int,
    offset: int,
    document: Any,
    words: list[Word],
    sentences: list[Sentence],
    names: list[Name],
) -> None:
    """Append what Stanza found in one paragraph to the lists of the whole text."""
    for sentence in document.sentences:
        first = len(words)
        for token in sentence.tokens:
            start, end = token.start_char + offset, token.end_char + offset
            for word in token.words:
                form = text[start:end] if len(token.words) == 1 else word.text
                words.append(
                    Word(
                        index=len(words),
                        start=start,
                        end=end,
                        text=form,
                        lemma=form if word.lemma in (None, "", word.text) else word.lemma,
                        upos=word.upos or "X",
                        head=first + word.head - 1 if word.head else -1,
                        deprel=word.deprel or "dep",
                        feats=_features(word.feats),
                    )
                )
        if len(words) > first:
            sentences.append(Sentence(len(sentences), first, len(words), paragraph))
        for name in sentence.ents:
            span = Span.of(text, name.start_char + offset, name.end_char + offset)
            if name.type in ("PER", "LOC", "ORG"):
                names.append(Name(span, name.type))


def _attach_marks(words: Sequence[Any]) -> None:
    if any(word.head is None or word.deprel is None for word in words):
        return  # not parsed
    heads = attach_marks(
        [word.text for word in words],
        [word.upos or "X" for word in words],
        [word.head - 1 for word in words],
        [word.deprel for word in words],
    )
    for word, head in zip(words, heads, strict=True):
        word.head = head + 1


def _features(feats: str | None) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
