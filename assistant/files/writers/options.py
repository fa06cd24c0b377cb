"""What the user may choose when exporting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportOptions:
    """`gb9704` lays out for paper after GB/T 9704-2012; `watermark_draft` marks every page as 草稿; `evidence_annex` appends the
    source of each number and sentence; `review_copy` tracks changes against last year's text and carries the findings as comments."""

    gb9704: bool = False
    watermark_draft: bool = False
    evidence_annex: bool = False
    review_copy: bool = False

    @property
    def watermark(self) -> str:
        """The text of the watermark, empty when none is wanted."""
        return "草稿" if self.watermark_draft else ""
