"""From a parse to possible quotes, mentions and entities: rules, recall first."""

from quotestance.extraction.candidates import Candidate, find_candidates
from quotestance.extraction.contents import Content
from quotestance.extraction.cues import Cue
from quotestance.extraction.entities import build_entities, cluster
from quotestance.extraction.extract import Extraction, extract
from quotestance.extraction.mentions import Mention, find_mentions

__all__ = [
    "Candidate",
    "Content",
    "Cue",
    "Extraction",
    "Mention",
    "build_entities",
    "cluster",
    "extract",
    "find_candidates",
    "find_mentions",
]
