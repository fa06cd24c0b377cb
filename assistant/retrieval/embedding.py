"""The port to an embedding: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedding(Protocol):
    """Any embedding. `name` is ASCII and changes whenever the vectors would: it names what is built with them."""

    @property
    def name(self) -> str:
        """Identity of the embedding."""
        ...

    def documents(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text, shape (len(texts), dimensions)."""
        ...

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,)."""
        ...


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; rows of zeros stay zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled
