"""What a person may decide about a register, in words, and the file in which the questions are asked and answered."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InvalidData
from assistant.forms import form_for_year

if TYPE_CHECKING:
    from assistant.tables.result import DecisionNeeded, Difference, FillResult

KEYS = {
    "include": "计入",
    "exclude": "不计入",
    "in_force": "年底有效",
    "repealed": "本年废止",
    "repealed_earlier": "以前年度已经废止",
    "own": "本机关是原行政行为机关（计入）",
    "codefendant": "本机关仅是复议机关（不计入）",
}
SOURCES = {"上年报告": "carried", "台账": "counted", "填报数": "typed"}
_OPEN = ("outcome", "category")  # a person may know better than the candidates
_EXPLAINED = """# 年报助手：台账中需要决定的事项。在“决定”后面填“选项”中的一个代号，保存后再运行一次；留空的下次再问。
# 已作的决定按单位记住。
"""
_ITEMS, _WHAT, _OPTIONS, _ANSWER, _ID = "事项", "问题", "选项", "决定", "编号"


def options(needed: DecisionNeeded, year: int) -> dict[str, str]:
    """What a person may choose, likely answers first: key → label. A row can always be left out."""
    names = vocabulary_keys(year, needed.vocabulary)
    keys = [*(needed.candidates or names), "exclude"]
    if needed.vocabulary in _OPEN and not (needed.by == "row" and needed.candidates):
        keys += names
    return {key: names.get(key, KEYS.get(key, key)) for key in dict.fromkeys(keys)}


def vocabulary_keys(year: int, vocabulary: str) -> dict[str, str]:
    """The keys of a vocabulary with their printed labels."""
    form = form_for_year(year)
    match vocabulary:
        case "outcome":
            from assistant.statute.outcome_rows import row_label

            return {row.id: row_label(row.id, form.edition) for row in form.t3.rows if row.id not in ("new", "carried_in", "processed")}
        case "category":
            return {column.id: column.label for column in form.t3.columns if column.id != "total"}
        case "procedure":
            return {group.id: group.label for group in form.t4.groups}
        case "result":
            return {column.id: column.label for column in form.t4.columns if column.id != "total"}
        case "normative_kind" | "decision_kind":
            wanted = ("rules", "normative") if vocabulary == "normative_kind" else ("licensing", "penalty", "coercion", "fees")
            return {row.id: row.label for block in form.t2.blocks for row in block.rows if row.id in wanted}
        case "role":
            return {key: KEYS[key] for key in ("own", "codefendant")}
        case "normative_status":
            return {key: KEYS[key] for key in ("in_force", "repealed")}
        case _:
            return {}


def reasons(needed: DecisionNeeded, year: int) -> dict[str, str]:
    """For outcomes: why a case belongs to each of the likely rows, with the article. Key → Chinese sentence."""
    from assistant.statute.outcome_rows import row_decision, suggest_rows

    if needed.vocabulary != "outcome":
        return {}
    likely = dict.fromkeys((*needed.candidates, *(found.row for found in suggest_rows(needed.wording))))
    known = vocabulary_keys(year, "outcome")
    told = {row: row_decision(row) for row in likely if row in known and row != "other"}
    return {row: f"{one.why}（{'；'.join(f'{basis.number}{basis.article}' for basis in one.basis)}）" for row, one in told.items()}


def question_id(asked: DecisionNeeded | Difference) -> str:
    """Equal for the same question in another run over the same files."""
    parts = asked.model_dump(mode="json", include={"kind", "wording", "rows", "vocabulary", "by", "cell", "taken_from", "other_from"})
    if parts.get("by") == "wording":
        del parts["rows"]
    return sha256(repr(sorted(parts.items())).encode()).hexdigest()[:10]


def sources_of(differing: Difference) -> dict[str, str]:
    """The sources between which a person may choose for a cell: key → label. Empty when one of them is a computed total."""
    named = {SOURCES[name]: name for name in (differing.taken_from, differing.other_from) if name in SOURCES}
    return named if len(named) == 2 else {}


def questions_text(result: FillResult, year: int, answered: tuple[dict[str, Any], ...] = ()) -> str:
    """The open questions as YAML for a person to answer, after those `answered` before."""
    import yaml

    asked: list[dict[str, Any]] = list(answered)
    for needed in result.decisions_needed:
        entry: dict[str, Any] = {_ID: question_id(needed), _WHAT: needed.message, _OPTIONS: options(needed, year)}
        why = reasons(needed, year)
        asked.append(entry | ({"理由": why} if why else {}) | {_ANSWER: None})
    for differing in result.differences:
        if sources := sources_of(differing):
            asked.append({_ID: question_id(differing), _WHAT: differing.message, _OPTIONS: sources, _ANSWER: None})
    return _EXPLAINED + yaml.safe_dump({_ITEMS: asked}, allow_unicode=True, sort_keys=False, width=160)


def answers_in(path: Path) -> tuple[dict[str, Any], ...]:
    """The answered entries of such a file. Raises `InvalidData` with the place of what is wrong."""
    import yaml

    hint = "请用 nianbao fill --decide 重新生成这个文件，只在“决定”后面填代号。"
    from assistant.files.limits import load_text

    try:
        data = yaml.safe_load(load_text(path, "决定文件"))
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidData(f"决定文件 {path} 不是合法的 YAML：{str(error)[:200]}", hint) from error
    entries = (data or {}).get(_ITEMS) if isinstance(data or {}, dict) else None
    if data is not None and not isinstance(entries, list):
        raise InvalidData(f"决定文件 {path} 没有“{_ITEMS}”一项。", hint)
    found = [entry for entry in entries or () if isinstance(entry, dict) and str(entry.get(_ANSWER) or "").strip()]
    for entry in found:
        offered = entry.get(_OPTIONS)
        if not isinstance(offered, dict) or entry[_ANSWER] not in offered:
            listed = "、".join(map(str, offered)) if isinstance(offered, dict) else "（缺少选项）"
            raise InvalidData(f"决定文件 {path} 中“{entry.get(_WHAT, '')}”的决定“{entry[_ANSWER]}”不在选项内。", f"可填：{listed}。")
    return tuple(found)


def answer_by_id(answered: tuple[dict[str, Any], ...]) -> dict[str, str]:
    """Question id → key chosen."""
    return {str(entry.get(_ID)): str(entry[_ANSWER]) for entry in answered}
