"""Retrieve, draft, re-check: the narrative of a report in work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.draft import COLOUR_LABELS, DraftSentence
from assistant.domain.facts import AskedFact, GivenFact, GivenFacts
from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData

if TYPE_CHECKING:
    from assistant.domain.model_port import ModelRequest
    from assistant.domain.passage import Scored
    from assistant.drafting.offline import Drafter
    from assistant.settings import Settings

QUERIES = {
    "overview": "总体情况怎样写 主动公开 依申请公开 政府信息管理 平台建设 监督保障",
    "problems": "存在的主要问题及改进情况怎样写",
    "other": "其他需要报告的事项 信息处理费",
}
PASSAGES = 6


def draft(
    saved: SavedReport,
    *parts: str,
    settings: Settings,
    with_model: bool = False,
    private_names: frozenset[str] = frozenset(),
    passages: Mapping[str, tuple[Scored, ...]] | None = None,
    on_text: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
    replay: bool = False,
) -> SavedReport:
    """The report with the named parts drafted (all when none is named). Parts not named keep their text and sentences.
    `passages` by part are looked up for a model when not given; `private_names` are taken out of everything a model is shown. `replay` takes
    a model's replies from the record of earlier calls."""
    from assistant.drafting.draft import draft_report
    from assistant.drafting.planning import NARRATIVE

    chosen = parts or NARRATIVE
    unknown = [part for part in chosen if part not in NARRATIVE]
    if unknown:
        raise InvalidData(f"没有“{unknown[0]}”这一部分。", f"可以起草的部分：{'、'.join(NARRATIVE)}。")
    from assistant.workflow.prepared import material

    if passages is None:  # rolling forward rests on last year's text alone
        passages = retrieve(chosen, settings, as_of=_period_end(saved)) if with_model else {}
    drafter = _drafter(settings, with_model, private_names, on_text, stop, replay)
    result = draft_report(saved.report, saved.previous, saved.given, passages, drafter, sections=chosen, material=material(saved))
    kept = tuple(sentence for sentence in saved.sentences if sentence.section not in chosen or sentence.section in result.left)
    changes = {
        "report": result.report,
        "sentences": kept + result.sentences,
        "facts": result.facts,
        "drafter": result.drafter,
        "notices": result.notices,
        "received": result.received,
    }
    return SavedReport.model_validate({**dict(saved), **changes})


def retrieve(parts: Iterable[str], settings: Settings, *, as_of: date | None = None) -> dict[str, tuple[Scored, ...]]:
    """The passages that each part may rest on, from the texts in force on `as_of`."""
    from assistant.workflow.asking import retriever

    found = retriever(settings)
    return {part: found.search(QUERIES[part], top=PASSAGES, as_of=as_of) for part in parts if part in QUERIES}


def _period_end(saved: SavedReport) -> date | None:
    """The last day that the report is about."""
    return date(saved.report.year, 12, 31) if saved.report.year else None


def _drafter(
    settings: Settings,
    with_model: bool,
    names: frozenset[str],
    on_text: Callable[[str], None] | None,
    stop: Callable[[], bool] | None,
    replay: bool,
) -> Drafter | None:
    if not with_model:
        return None
    from assistant.drafting.model import model_drafter
    from assistant.workflow.asking import retriever

    return model_drafter(
        settings, on_text=on_text, stop=stop, private_names=names, corpus_hash=retriever(settings).corpus.hash, replay=replay
    )


def section_prompt(saved: SavedReport, part: str, *, settings: Settings, private_names: frozenset[str] = frozenset()) -> str:
    """The prompt that would be sent for a part, message by message; says so where a part needs no model."""
    from assistant.drafting.planning import MODEL_SECTIONS
    from assistant.workflow.proposing import readable_request

    if part not in MODEL_SECTIONS:
        return "这一部分由程序按格式和事实写成，不向模型发送内容。"
    return readable_request(_request(saved, part, settings, private_names))


def make_ready(saved: SavedReport, part: str, *, settings: Settings, private_names: frozenset[str] = frozenset()) -> None:
    """Have all ready that a model's first word on a part waits for: client, texts, prompt. Sends nothing."""
    from assistant.drafting.model import warm as warm_client
    from assistant.drafting.planning import MODEL_SECTIONS

    warm_client(settings)
    for one in MODEL_SECTIONS if part not in MODEL_SECTIONS else (part,):
        _request(saved, one, settings, private_names)


def _request(saved: SavedReport, part: str, settings: Settings, names: frozenset[str]) -> ModelRequest:
    from assistant.drafting.planning import plan_section
    from assistant.drafting.request import section_request
    from assistant.workflow.prepared import material

    found = retrieve((part,), settings, as_of=_period_end(saved))
    return section_request(plan_section(part, material(saved), found.get(part, ())), material(saved), names).request


def readable(saved: SavedReport, partial: str) -> str:
    """What has arrived of a model's reply, as sentences with the facts in place; nothing in it has been checked yet."""
    from assistant.drafting.reply import readable as sentences
    from assistant.workflow.prepared import material

    return sentences(partial, material(saved).book.by_name)


def asked_facts(saved: SavedReport) -> tuple[AskedFact, ...]:
    """The numbers of last year's text that the clerk must give for this year, each once."""
    from assistant.workflow.prepared import material

    return tuple({fact.name: fact for fact in material(saved).asked.open}.values())


def give_fact(saved: SavedReport, name: str, text: str, *, who: str = "", when: str = "") -> SavedReport:
    """The report with one fact given; an empty text takes it back. Raises `InvalidData` when the text is no number."""
    from assistant.workflow.open_points import told

    value: Decimal | None = None
    if text.strip():
        try:
            value = Decimal(text.strip().replace(",", "").replace("，", ""))
        except InvalidOperation as error:
            raise InvalidData(f"“{text}”不是数字。", "请只填数字，例如 26 或 12.5；单位已在题目里。") from error
    asked = next((fact for fact in asked_facts(saved) if fact.name == name), None)
    fact = GivenFact(name=name, value=value, unit=asked.unit if asked else "", what=asked.what if asked else "")
    others = tuple(other for other in saved.given.facts if other.name != name)
    signed = told(saved.given, name, who if value is not None else "", when)
    given = GivenFacts(facts=(*others, fact), tables=saved.given.tables, answers=saved.given.answers, told=signed)
    return _with_given(saved, given)


def new_facts(saved: SavedReport) -> tuple[GivenFact, ...]:
    """The facts given that last year's text does not ask for."""
    from assistant.workflow.prepared import material

    return tuple(fact for fact in material(saved).book.unmatched if fact.value is not None)


def add_fact(
    saved: SavedReport,
    name: str,
    value: str,
    unit: str,
    *,
    template: str = "",
    aspect: str = "",
    what: str = "",
    who: str = "",
    when: str = "",
) -> SavedReport:
    """The report with a fact that last year's text did not have. `template` is the sentence that tells it, with `{{name}}` in the number's place;
    without one it is told plainly and marked to be looked at. Raises `InvalidData`."""
    from assistant.drafting.slots import slot, slot_names

    bare = "".join(char for char in name if char.isalpha())
    if not bare:
        raise InvalidData("新增的事实没有名称。", "请写明数的是什么，例如“方言音频节目”。")
    told = template.strip().replace(slot(name), slot(bare))
    if told and bare not in slot_names(told):
        raise InvalidData(f"例句里没有 {slot(bare)}。", f"请在写数字的地方写 {slot(bare)}，例如“全年录制{slot(bare)}”。单位由程序带上。")
    given = give_fact(saved, bare, value, who=who, when=when)
    facts = tuple(
        fact.model_copy(update={"unit": unit.strip(), "what": what or name.strip(), "template": told, "aspect": aspect})
        if fact.name == bare
        else fact
        for fact in given.given.facts
    )
    return _with_given(given, GivenFacts(facts=facts, tables=given.given.tables, answers=given.given.answers, told=given.given.told))


def _with_given(saved: SavedReport, given: GivenFacts) -> SavedReport:
    from assistant.drafting.draft import prepare

    book = prepare(saved.report, saved.previous, given).book
    return SavedReport.model_validate({**dict(saved), "given": given, "facts": book})


def with_facts(saved: SavedReport, path: Path, *, who: str = "填报人", when: str = "") -> SavedReport:
    """The report with the facts of a file, given by `who`. Raises `InvalidData`."""
    from assistant.drafting.facts_file import load_facts

    given = load_facts(path)
    return SavedReport.model_validate({**dict(saved), "given": given.given_by(who, when) if when else given})


def open_questions(saved: SavedReport) -> tuple[str, ...]:
    """What the clerk still has to answer, in words."""
    from assistant.drafting.draft import open_questions as questions
    from assistant.workflow.prepared import material

    return questions(material(saved), saved.sentences)


def colours(sentences: Iterable[DraftSentence]) -> dict[str, int]:
    """Number of sentences per colour, in the order in which colours are shown."""
    counted = Counter(sentence.colour for sentence in sentences)
    return {colour: counted[colour] for colour in COLOUR_LABELS}  # type: ignore[index]


def write_questions(saved: SavedReport, path: Path, *, settings: Settings) -> None:
    """The facts to fill and the questions to answer as a file in the form that `with_facts` reads; what was given stands in it, and numbers that
    earlier years told and last year did not follow, each with a sentence to tell it again."""
    from assistant.drafting.earlier import left_out
    from assistant.drafting.facts_file import dump_facts
    from assistant.files.writers import write_atomically
    from assistant.workflow.earlier import earlier_numbers
    from assistant.workflow.open_points import questions
    from assistant.workflow.prepared import material

    asked = {question.key: (question.text, question.answer) for question in questions(saved)}
    known = {fact.name for fact in saved.given.facts}
    earlier = tuple(
        GivenFact(name=told.name, unit=told.unit, what=f"{told.what}（{told.year}年：{told.printed}，上年没有写）", template=told.template)
        for told in left_out(earlier_numbers(saved, settings))
        if told.name not in known
    )
    given = saved.given.model_copy(update={"facts": (*saved.given.facts, *earlier)})
    write_atomically(path, dump_facts(material(saved).asked, given, asked).encode())


def source_text(source: str) -> str:
    """What a sentence rests on, in words: `上年文字（overview.2）`, `填报人的回答（…）`, `regulation-711 第二十条`."""
    kind, _, name = source.partition(":")
    named = {"last": "上年文字", "answer": "填报人的回答"}
    return f"{named[kind]}（{name}）" if kind in named else source.replace("#", " ")


def sentence_lines(saved: SavedReport) -> list[str]:
    """Every drafted sentence for people: colour, text, reason, facts with their sources, passages, repetition, last year's words."""
    from assistant.workflow.reviewing import sentence_repetition

    book, lines = saved.facts.by_name if saved.facts else {}, []
    for sentence in saved.sentences:
        share = sentence_repetition(sentence)
        same = f"（与上年相同 {share:.0%}）" if share else ""
        lines.append(f"{sentence.block}　[{COLOUR_LABELS[sentence.colour]}]{same}　{sentence.text or sentence.last_text}")
        told = [sentence.reason, *(f"{fact.what}：{fact.text}（{fact.source}）" for name in sentence.facts if (fact := book.get(name)))]
        told += [f"依据：{'、'.join(map(source_text, sentence.passages))}"] if sentence.passages else []
        told += [f"上年原句：{sentence.last_text}"] if sentence.last_text and sentence.text and sentence.last_text != sentence.text else []
        lines += [f"    {line}" for line in told if line]
    return lines


def draft_lines(saved: SavedReport) -> list[str]:
    """A draft in a few lines for people."""
    counted = "，".join(f"{COLOUR_LABELS[colour]} {count} 句" for colour, count in colours(saved.sentences).items() if count)
    questions = open_questions(saved)
    lines = [f"起草方式：{saved.drafter or '没有起草'}；{counted or '没有成句'}", *(f"  注意：{notice}" for notice in saved.notices)]
    lines += [f"  已收到的内容（没有写入报告）：{readable(saved, text) or text}" for _, text in saved.received]
    return lines + [f"  待填：{question}" for question in questions]
