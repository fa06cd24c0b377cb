"""One page for each rule, generated from the catalogue: `docs/rules/<code>.md` and `nianbao explain CODE`."""

from __future__ import annotations

from assistant.checks.catalogue import Rule, catalogue
from assistant.checks.documents import cited_documents
from assistant.errors import InvalidData

_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
_FIX = {"safe": "可批量修改", "ask": "确认后修改", "show": "只提建议"}
_NEEDS = {"previous": "上年度报告", "register": "台账", "today": "检查日期", "facts": "填报事实"}


def rule_page(code: str) -> str:
    """The page of a rule as Markdown. Raises `InvalidData` for a code that does not exist."""
    row = catalogue().get(code.upper())
    if row is None:
        raise InvalidData(f"没有编号为 {code} 的规则。", "运行 nianbao explain 可列出全部规则。")
    lines = [f"# {row.code} {row.title}", "", f"`{row.slug}` · {row.family} · {_SEVERITY[row.severity]} · {_FIX[row.fix]}", ""]
    lines += [
        f"**为什么**　{_ended(row.why)}",
        "",
        f"**不对**　{row.bad}",
        "",
        f"**对**　{row.good}",
        "",
        f"**怎么办**　{_ended(row.advice)}",
        "",
    ]
    lines += _basis(row) + _scope(row)
    return "\n".join(lines).rstrip() + "\n"


def index_page() -> str:
    """The list of all rules as a Markdown table, in order of code."""
    rows = [
        f"| [{row.code}]({row.code}.md) | {row.title} | {row.family} | {_SEVERITY[row.severity]} | {_FIX[row.fix]} |"
        for row in catalogue().values()
    ]
    return "\n".join(["# 规则目录", "", "| 编号 | 问题 | 类别 | 级别 | 修改 |", "|---|---|---|---|---|", *rows]) + "\n"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def _basis(row: Rule) -> list[str]:
    if not row.basis:
        return []
    known = cited_documents()
    lines = ["**依据**", ""]
    for reference in row.basis:
        document = known[reference.document]
        until = f"，{document.until} 止" if document.until else ""
        lines.append(f"- 《{document.title}》（{document.number}）{reference.article}（{document.first} 起{until}）")
    return [*lines, ""]


def _scope(row: Rule) -> list[str]:
    editions = "、".join(f"{edition} 年版" for edition in row.editions)
    needs = "、".join(_NEEDS[need] for need in row.needs) or "无"
    kind = "由目录中的 pattern 定义，不需要编程" if row.pattern else "由程序实现"
    status = "" if row.status == "active" else "　**已停用**"
    return [f"适用格式：{editions}　另需：{needs}　{kind}{status}"]
