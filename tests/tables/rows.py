"""Registers made for the tests: plain rows and a strategy of settled ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from assistant.domain.register import AnyRow, Register, RegisterKind, RegisterRow

YEAR = 2025
CATEGORIES = ("自然人", "商业企业", "科研机构", "社会公益组织", "律师事务所", "其他")
OUTCOMES = (
    "予以公开",
    "部分公开",
    "不予公开（国家秘密）",
    "信息不存在",
    "重复申请",
    "信访转办",
    "没有现成信息需要另行制作",
    "逾期不补正",
    "3.其他",
    "同意公开",
)


def register(*rows: AnyRow, kind: RegisterKind = "applications") -> Register:
    """A register with these rows."""
    return Register(kind=kind, file="台账.xlsx", sha256="0" * 64, rows=rows)


def row(line: int, **fields: object) -> RegisterRow:
    """A row on line `line`, granted to a person in March unless told otherwise."""
    data: dict[str, object] = {
        "category": "自然人",
        "outcome": "予以公开",
        "received": date(YEAR, 3, 3),
        "replied": date(YEAR, 3, 20),
        **fields,
    }
    return RegisterRow(locator=f"台账!A{line}", **data)  # type: ignore[arg-type]


@st.composite
def settled_rows(draw: st.DrawFn) -> tuple[RegisterRow, ...]:
    """Rows that the rules place without a decision: new or carried in, answered in the year, after it, or still open."""
    rows = []
    for number in range(2, 2 + draw(st.integers(1, 25))):
        carried = draw(st.booleans())
        received = draw(
            st.dates(date(YEAR - 1, 11, 1), date(YEAR - 1, 12, 31)) if carried else st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
        )
        replied = draw(st.one_of(st.none(), st.integers(0, 60).map(lambda days: received + timedelta(days=days))))  # noqa: B023
        if replied is not None and replied < date(YEAR, 1, 1):
            replied = date(YEAR, 1, 5)
        outcome = draw(st.sampled_from(OUTCOMES)) if replied else draw(st.sampled_from(("", "办理中", "尚未答复")))
        rows.append(
            RegisterRow(
                locator=f"台账!A{number}",
                category=draw(st.sampled_from(CATEGORIES)),
                outcome=outcome,
                received=received,
                replied=replied,
                carried_in=draw(st.sampled_from([None, carried])),
            )
        )
    return tuple(rows)
