"""Loading the form editions that ship with the package."""

from __future__ import annotations

from functools import cache

from assistant.data_files import load_data
from assistant.domain.report import EditionId
from assistant.errors import UnsupportedYear
from assistant.forms.model import Form

_EDITIONS: tuple[EditionId, ...] = ("2019", "2021")


def editions() -> tuple[EditionId, ...]:
    """The editions that exist, oldest first."""
    return _EDITIONS


@cache
def load_form(edition: EditionId) -> Form:
    """The form of an edition. Raises `InvalidData` when its file does not validate."""
    return load_data("assistant.forms", f"{edition}.yaml", Form, called="格式文件", hint="请按 CONTRIBUTING 中“修改格式文件”一节核对。")


def form_for_year(year: int) -> Form:
    """The form to be used for a report year. Raises `UnsupportedYear` for years before the first edition."""
    for edition in reversed(_EDITIONS):
        form = load_form(edition)
        if form.years.first <= year and (form.years.last is None or year <= form.years.last):
            return form
    first = load_form(_EDITIONS[0]).years.first
    raise UnsupportedYear(f"没有适用于 {year} 年度报告的格式。", f"现有格式适用于 {first} 年度及以后的年度报告，请核对年份。")
