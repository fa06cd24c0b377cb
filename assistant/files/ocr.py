"""Scans (.png, .jpg, PDF without text) through the optional extra `ocr`; models come inside the package, nothing is downloaded.
`ocr_process` runs this in a process of its own."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.limits import damaged
from assistant.files.pages import Page, items_of
from assistant.files.pdf_grid import Box, Char, Ruled, cell_text, chars_by_cell, text_lines
from assistant.files.raw import RawDocument
from assistant.files.ruled_image import has_ink, ruled_cells

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]

_DPI = 200
_POINTS = 72 / _DPI
_MOST_SCANNED_PAGES = 20
_MOST_PIXELS = 40_000_000
_UNRECOGNISED = "？"


def read_scan(content: bytes) -> RawDocument:
    """Paragraphs and tables of an image. Raises `UnreadableFile` when it is damaged or too large."""
    import numpy as np
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    engine = _engine()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(content)) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise UnreadableFile("图片过大，已拒绝读取。", "请以 200 dpi 左右重新扫描。")
                pixels = np.asarray(image.convert("RGB"))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Pillow.DecompressionBombError,
        Pillow.DecompressionBombWarning,
    ) as error:
        raise damaged() from error
    return _document([_page(engine, pixels, 1)])


def read_scanned_pdf(content: bytes) -> RawDocument:
    """The same for the pages of a PDF without a text layer."""
    import pypdfium2

    engine = _engine()
    try:
        pdf = pypdfium2.PdfDocument(content)
        if len(pdf) > _MOST_SCANNED_PAGES:
            raise UnreadableFile(f"扫描件共 {len(pdf)} 页，超过上限 {_MOST_SCANNED_PAGES} 页。", "请只保留年度报告本身后再试。")
        pages = []
        for number in range(len(pdf)):
            width, height = pdf[number].get_size()
            if width * height * (_DPI / 72) ** 2 > _MOST_PIXELS:
                raise UnreadableFile(f"第 {number + 1} 页幅面过大，已拒绝读取。", "请以 A4 幅面重新扫描。")
            pages.append(_page(engine, pdf[number].render(scale=_DPI / 72).to_numpy()[:, :, :3], number + 1))
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    return _document(pages)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    for name in ("RapidOCR", "rapidocr"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return RapidOCR(params={"Global.log_level": "warning"})


def _document(pages: Sequence[Page]) -> RawDocument:
    note = Loss(kind=LossKind.UNCERTAIN, message="本报告由图像识别得到，文字和数字都可能有误，请逐项核对。")
    return RawDocument(tuple(items_of(pages)), losses=(note,), ocr=True)


def _page(engine: Any, image: Image, number: int) -> Page:
    words = list(_words(engine(image)))
    tables: list[Ruled] = []
    rest = words
    for boxes in ruled_cells(image):
        sides = (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes))
        inside = [word for word in rest if _within(word, sides)]
        rest = [word for word in rest if not _within(word, sides)]
        groups = chars_by_cell(inside, boxes)
        texts = [cell_text(group, box) or _single(engine, image, box) for group, box in zip(groups, boxes, strict=True)]
        tables.append(Ruled(number, _scaled(sides), tuple(zip(map(_scaled, boxes), texts, strict=True))))
    lines = tuple(text_lines(_in_points(word) for word in rest))
    return Page(number, lines, tuple(tables), min((line.left for line in lines), default=0.0), image.shape[1] * _POINTS)


def _words(found: Any) -> Iterator[Char]:
    """Recognised stretches of text as characters of one size, in pixels. Where the engine finds no stretch of text on a page it has no
    boxes at all, or recognises the page as one line: neither says where anything stands."""
    boxes = getattr(found, "boxes", None)
    if boxes is None or found.txts is None or len(boxes) == 0:
        return
    heights = sorted(float(box[:, 1].max() - box[:, 1].min()) for box in boxes)
    size = heights[len(heights) // 2]
    for text, box in zip(found.txts, boxes, strict=True):
        left, top, right, bottom = float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max())
        if text.strip():
            yield Char(text.strip(), left, top, right, bottom, size)


def _single(engine: Any, image: Image, box: Box) -> str:
    """The text of a cell in which the detector found nothing though there is ink: recognised alone; a sign of its own when that fails."""
    left, top, right, bottom = (int(side) for side in box)
    inner = image[top + 4 : bottom - 3, left + 4 : right - 3]
    if not has_ink(inner):
        return ""
    found = engine(inner, use_det=False, use_cls=False, use_rec=True)
    texts = [text.strip() for text in (found.txts or ())] if found is not None else []
    return "".join(texts) or _UNRECOGNISED


def _within(word: Char, box: Box) -> bool:
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _scaled(box: Box) -> Box:
    return box[0] * _POINTS, box[1] * _POINTS, box[2] * _POINTS, box[3] * _POINTS


def _in_points(word: Char) -> Char:
    left, top, right, bottom = _scaled((word.left, word.top, word.right, word.bottom))
    return Char(word.text, left, top, right, bottom, word.size * _POINTS)
