"""An embedding served by any OpenAI-compatible endpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import ModelUnavailable
from assistant.retrieval.embedding import Vectors, unit

_BATCH = 64
_LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class EndpointEmbedding:
    """Vectors from `<base_url>/embeddings`. `timeout` is in seconds per request."""

    base_url: str
    model: str
    api_key: str = ""
    timeout: float = 60.0

    @property
    def name(self) -> str:
        """Identity: address and model."""
        return f"http-{hashlib.sha256(f'{self.base_url}|{self.model}'.encode()).hexdigest()[:12]}"

    def documents(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text. Raises `ModelUnavailable`."""
        chunks = [self._ask(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return unit(np.concatenate(chunks)) if chunks else np.zeros((0, 1), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        """The unit vector of a question. Raises `ModelUnavailable`."""
        vector: Vectors = unit(self._ask([text]))[0]
        return vector

    def _ask(self, texts: Sequence[str]) -> Vectors:
        import httpx

        local = (urlsplit(self.base_url).hostname or "") in _LOCAL
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        try:
            with httpx.Client(timeout=self.timeout, trust_env=not local, headers=headers) as client:
                reply = client.post(f"{self.base_url.rstrip('/')}/embeddings", json={"model": self.model, "input": list(texts)})
                reply.raise_for_status()
                rows = sorted(reply.json()["data"], key=lambda row: row["index"])
                vectors: Vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise ModelUnavailable(
                f"向量服务没有给出可用的结果（{type(error).__name__}）。", "请核对地址、模型名称和密钥；留空则用随附的离线向量。"
            ) from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ModelUnavailable("向量服务返回的向量数目或数值不对。", "请换用其他向量模型；留空则用随附的离线向量。")
        return vectors
