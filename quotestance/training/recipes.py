"""How to fine-tune on so many labelled quotes: what is frozen, how fast, how long, what is rehearsed.

Few quotes can move the heads, not the layers under them, without being learned by heart; and what is not
rehearsed is forgotten (Robins 1995, *Catastrophic Forgetting, Rehearsal and Pseudorehearsal*): articles of
the shipped corpus are mixed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Stage = Literal["quotes", "stances"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fine-tune.

    Attributes:
        epochs: Most epochs.
        patience: Epochs without a better validation loss after which a stage stops; None goes on to the
            last and averages the weights of the last two.
        learning_rates: For each stage that of the encoder's layers (0 leaves them as they are) and that
            of the heads.
        replay: Articles of the replayed corpus mixed in for each article of one's own.
        experts: Whether the experts on features learn anew, from these articles alone.
    """

    epochs: float
    patience: int | None
    learning_rates: Mapping[Stage, tuple[float, float]]
    replay: float
    experts: bool


_FEW = Recipe(4, 1, {"quotes": (0.0, 2e-4), "stances": (0.0, 2e-4)}, 3.0, False)
_SOME = Recipe(3, 1, {"quotes": (3e-5, 2e-4), "stances": (2e-5, 2e-4)}, 1.5, False)
_MANY = Recipe(3, 1, {"quotes": (6e-5, 4e-4), "stances": (4e-5, 3e-4)}, 0.5, False)
# What the shipped labeller was trained with.
CORPUS = Recipe(5, None, {"quotes": (1.2e-4, 8e-4), "stances": (6e-5, 5e-4)}, 0.0, True)

_RECIPES = ((100, _FEW), (1000, _SOME), (5000, _MANY))


def recipe_for(quotes: int, fresh: bool = False) -> Recipe:
    """Return how to fine-tune on so many labelled quotes.

    Args:
        quotes: How many labelled quotes there are.
        fresh: Whether the labeller starts from the encoder: then it must learn all.
    """
    if fresh:
        return CORPUS
    return next((recipe for most, recipe in _RECIPES if quotes < most), CORPUS)
