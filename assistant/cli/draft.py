"""`nianbao draft REPORT.json [--section ID] [--model NAME | --offline] -o OUT.json` → `nianbao.report/1`; paragraphs, facts and numbers of a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, say
from assistant.errors import InvalidData

if TYPE_CHECKING:
    from assistant.domain.saved import SavedReport
    from assistant.settings import Settings


def draft(
    report: Annotated[Path, typer.Argument(help="nianbao fill 保存的报告（.json）")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="保存到（.json）；已有的一版另存，可用 --undo 恢复", show_default=False)
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option("--section", help="只起草这一部分：overview、problems、other、preamble、signature", show_default=False),
    ] = None,
    model: Annotated[str, typer.Option("--model", help="模型名称（端点由 OPENAI_BASE_URL 设置）", show_default=False)] = "",
    offline: Annotated[bool, typer.Option("--offline", help="不用模型")] = False,
    replay: Annotated[bool, typer.Option("--replay", help="不问模型，用记录中当时的答复重做（同样的输入）")] = False,
    register: Annotated[Path | None, typer.Option("--register", help="台账：其中的姓名不发给模型", show_default=False)] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="本年事实和回答（.yaml）", show_default=False)] = None,
    who: Annotated[str, typer.Option("--who", help="填报人姓名，记入事实和回答的出处", show_default=False)] = "",
    ask: Annotated[
        Path | None, typer.Option("--ask", help="写出要填的事实和要答的问题（.yaml），填好后用 --facts 给出", show_default=False)
    ] = None,
    number: Annotated[str, typer.Option("--number", help="一个数字的出处：名称或单元格编号", show_default=False)] = "",
    sentences: Annotated[bool, typer.Option("--sentences", help="逐句：处理、来源、与上年重复")] = False,
    prompt: Annotated[bool, typer.Option("--prompt", help="将要发给模型的内容")] = False,
    renew: Annotated[bool, typer.Option("--renew", help="只按现在的数字更新过时的句子")] = False,
    edit: Annotated[
        str,
        typer.Option("--edit", help="regenerate、shorten、expand、formalise、vary、continue、instruct", show_default=False),
    ] = "",
    paragraph: Annotated[str, typer.Option("--paragraph", help="段落编号，如 overview.2", show_default=False)] = "",
    instruction: Annotated[str, typer.Option("--instruction", help="instruct 的具体要求", show_default=False)] = "",
    proposal: Annotated[Path | None, typer.Option("--proposal", help="建议存到或取自（.json）", show_default=False)] = None,
    accept: Annotated[str, typer.Option("--accept", help="采用：all，或第几处，如 1,3", show_default=False)] = "",
    undo: Annotated[bool, typer.Option("--undo", help="恢复改动以前的一版（再用一次又回来）")] = False,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """Draft the narrative sections; without a model last year's text is rolled forward."""
    from datetime import UTC, datetime

    from assistant import workflow

    if undo:
        say(f"已恢复：{workflow.undo(report)}")
        return
    chosen = workflow.load_settings(data_dir)
    if model:
        chosen = chosen.model_copy(update={"model": model})
    saved = workflow.load_saved(report)
    if facts:
        saved = workflow.with_facts(saved, facts, who=who or chosen.user, when=datetime.now(UTC).isoformat(timespec="seconds"))
    names = workflow.register_names(register.name, register.read_bytes()) if register else frozenset[str]()
    if ask or number or sentences or prompt:
        _look(saved, chosen, ask, number, sentences, section or ("overview", "problems") if prompt else (), names)
        return
    if edit or proposal:
        from assistant.cli.draft_paragraph import edit_paragraph

        changed = edit_paragraph(saved, chosen, report, edit, paragraph, instruction, proposal, accept, names)
        if changed is None:
            return
    elif renew:
        changed = workflow.renew_sentences(saved)
    else:
        with_model = replay or (not offline and (bool(model) or chosen.model_configured))
        changed = workflow.draft(saved, *(section or ()), settings=chosen, with_model=with_model, private_names=names, replay=replay)
    _keep(changed, out, output)


def _keep(saved: SavedReport, out: Path | None, output: Format) -> None:
    from assistant import workflow

    if out is None:
        raise InvalidData("没有写明保存到哪里。", "请加 -o 新文件.json。")
    workflow.write_over(saved, out)
    if output is Format.JSON:
        sys.stdout.write(workflow.dump(saved))
        return
    for line in workflow.draft_lines(saved):
        say(line)
    say(f"已保存：{out}")


def _look(
    saved: SavedReport,
    settings: Settings,
    ask: Path | None,
    number: str,
    sentences: bool,
    prompts: list[str] | tuple[str, ...],
    names: frozenset[str],
) -> None:
    """What may be looked at without drafting."""
    from assistant import workflow

    if ask:
        workflow.write_questions(saved, ask, settings=settings)
        say(f"已写出：{ask}。填好后用 --facts 给出。")
    if number:
        earlier = workflow.earlier_numbers(saved, settings)
        for one in workflow.passports(saved, number):
            for line in workflow.passport_lines(saved, one, earlier):
                say(line)
            say()
    for line in workflow.sentence_lines(saved) if sentences else ():
        say(line)
    for part in prompts:
        say(workflow.section_prompt(saved, part, settings=settings, private_names=names))
