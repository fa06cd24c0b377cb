"""The facts file (YAML): read, written, and matched to what last year's report asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.domain.facts import NO_FACTS, AskedFact, FactsForm, GivenFact, GivenFacts, Told
from assistant.errors import InvalidData

_HINT = "事实文件的格式为：facts: {名称: {value: 数值, unit: 单位, what: 说明}}，tables: {单元格: 数值}，answers: {问题: 回答}（或 {问题: {text: 回答, who: 谁, when: 日期}}）。"
MAX_BYTES = 2_000_000


def load_facts(source: Path | str) -> GivenFacts:
    """The facts in a YAML file (a `Path`) or text. Raises `InvalidData` naming the entry that is wrong."""
    try:
        if isinstance(source, Path) and source.stat().st_size > MAX_BYTES:
            raise InvalidData(f"事实文件 {source.name} 过大。", _HINT)
        text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
        data = yaml.load(text, Loader=_Plain) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"读不了事实文件 {source}。", "请核对路径，文件应为 UTF-8 编码的 YAML。") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidData(f"事实文件不是合法的 YAML：{str(error)[:200]}", _HINT) from error
    if not isinstance(data, dict) or any(not isinstance(data.get(key) or {}, dict) for key in ("facts", "tables", "answers")):
        raise InvalidData("事实文件的结构不对。", _HINT)
    answers = tuple(_answers(data.get("answers") or {}))
    return GivenFacts(
        facts=tuple(_given(str(name), entry) for name, entry in (data.get("facts") or {}).items()),
        tables=tuple(
            (str(cell), value) for cell, entry in (data.get("tables") or {}).items() if (value := _number(str(cell), entry)) is not None
        ),
        answers=tuple((name, text) for name, text, _ in answers),
        told=tuple(told for _, _, told in answers if told),
    )


def dump_facts(form: FactsForm, given: GivenFacts = NO_FACTS, asked: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> str:
    """The form to fill as YAML: open questions with last year's value in the description, what was given filled in, problems to be answered.
    `asked` are the questions in words by key, each with its answer so far; a cell's id as key gets the question as a comment."""
    by_name = {fact.name: fact for fact in given.facts}
    facts: dict[str, Any] = {}
    for one in form.open:
        filled = by_name.pop(one.name, None)
        facts[one.name] = {
            "value": _plain_number(filled.value) if filled else None,
            "unit": one.unit,
            "what": f"{one.what}（上年：{one.printed}）",
        }
    for extra in by_name.values():
        facts[extra.name] = {"value": _plain_number(extra.value), "unit": extra.unit, "what": extra.what} | (
            {"template": extra.template} if extra.template else {}
        )
    said: dict[str, Any] = {key: answer for key, (_, answer) in asked.items()} or {
        problem: given.answer(problem) for problem in form.problems
    }
    said |= dict(given.answers)
    for told in given.told:
        if said.get(told.key):
            said[told.key] = {"text": said[told.key], "who": told.who, "when": told.when}
    tables = {cell: _plain_number(value) for cell, value in given.tables}
    text = yaml.safe_dump({"facts": facts, "tables": tables, "answers": said}, allow_unicode=True, sort_keys=False, width=120)
    return "".join(f"# {key}：{question}\n" for key, (question, _) in asked.items() if key not in question) + text


def _answers(entries: Mapping[Any, Any]) -> Iterator[tuple[str, str, Told | None]]:
    """Key, words, and who said so when the file tells: `{text: …, who: …, when: …}`."""
    for key, entry in entries.items():
        told = entry if isinstance(entry, dict) else {"text": entry}
        if text := str(told.get("text") or "").strip():
            signed = told.get("who") and Told(key=str(key), who=str(told["who"]), when=str(told.get("when") or ""))
            yield str(key), text, signed or None


def _given(name: str, entry: object) -> GivenFact:
    if not isinstance(entry, dict):
        return GivenFact(name=name, value=_number(name, entry))
    extra = {key: str(entry[key]) for key in ("unit", "what", "template", "aspect") if entry.get(key)}
    try:
        return GivenFact(name=name, value=_number(name, entry.get("value")), **extra)
    except ValidationError as error:
        raise InvalidData(f"事实“{name}”填写有误：{error}", _HINT) from error


def _number(name: str, entry: object) -> Decimal | None:
    text = str(entry).replace(",", "").replace("，", "").strip() if entry is not None else ""
    if text in ("", "None"):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise InvalidData(f"“{name}”的数值“{entry}”不是数字。", "请只填数字，单位写在 unit 里；尚不知道的留空。") from error
    if not value.is_finite():
        raise InvalidData(f"“{name}”的数值“{entry}”不是数字。", "请只填数字；尚不知道的留空。")
    return value


def _plain_number(value: Decimal | None) -> int | float | str | None:
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(str(float(value))) == value else str(value)


class _Plain(yaml.SafeLoader):
    """Safe YAML without dates and aliases: numbers stay as written, nothing can be expanded."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("不支持别名")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def match_given(form: FactsForm, given: GivenFacts) -> tuple[Mapping[str, GivenFact], tuple[GivenFact, ...]]:
    """Which given fact answers which question, by name, else by the words of name and description; each is used once. The second part lists
    those that answer none."""
    from assistant.drafting.matching import best_pairs

    pairs = best_pairs(_distinct(form.open), given.facts)
    used = {fact.name for fact in pairs.values()}
    return pairs, tuple(fact for fact in given.facts if fact.name not in used)


def _distinct(asked: tuple[AskedFact, ...]) -> tuple[AskedFact, ...]:
    return tuple({fact.name: fact for fact in reversed(asked)}.values())[::-1]
