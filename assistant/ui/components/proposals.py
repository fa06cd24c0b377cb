"""One paragraph: what may be asked of it, the prompt beforehand, the proposal with its redline, and taking it over or not."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.domain.draft import Proposal
from assistant.ui.components.box import key_of, unsent
from assistant.ui.components.plain import plain
from assistant.ui.components.redline import redline
from assistant.ui.jobs import Job
from assistant.ui.services import Open, register_names, services, show_error

LABEL = 8  # characters of a changed place on its button
NO_MODEL = "没有设置模型，不能提出修改建议。可以直接在上面改文字；设置方法见说明文件。"


def paragraph_tools(found: Open, part: str) -> None:
    """Choose a paragraph and an operation; the result is a proposal, never applied by itself."""
    blocks = {block.id: block.text for name, block in found.saved.report.blocks() if name == part}
    if not blocks:
        st.caption("这一部分还没有文字。")
        return
    ready = services().settings.model_configured
    if not ready:
        st.caption(NO_MODEL)
    block = st.selectbox("段落", list(blocks), format_func=lambda one: f"{blocks[one][:40]}……", key=f"block_{part}")
    labels = workflow.edit_operations()
    operation = st.selectbox("怎样改", list(labels), format_func=labels.__getitem__, key=f"operation_{part}")
    instruction = (
        st.text_input("具体要求", key=unsent(key_of("instruction", found.entry.id, part)), max_chars=500) if operation == "instruct" else ""
    )
    wanting = operation == "instruct" and not instruction.strip()
    ask, show = st.columns(2)
    if ask.button("提出修改建议", disabled=not ready or wanting, key=f"propose_{part}"):
        _start(found, block, operation, instruction)
    if show.toggle("看将要发给模型的内容", key=f"prompt_{part}"):
        st.code(
            workflow.edit_prompt(found.saved, block, operation, instruction=instruction, private_names=register_names(found)),
            language=None,
            wrap_lines=True,
        )
    _follow(found, block)
    _proposal(found, block)


def _key(block: str) -> str:
    return f"proposal.{block}"


def _received(block: str) -> str:
    return f"received.{block}"


def _start(found: Open, block: str, operation: str, instruction: str) -> None:
    st.session_state.pop("proposal_error", None)
    shared, names = services(), register_names(found)

    def work(job: Job) -> None:
        made = workflow.propose_edit(
            found.saved,
            block,
            operation,
            settings=shared.settings,
            instruction=instruction,
            private_names=names,
            on_text=job.add,
            stop=job.stopped,
        )
        shared.workspace.keep(found.entry.id, _key(block), made.model_dump_json())

    shared.jobs.start(f"edit-{found.entry.id}-{block}", work)


def _follow(found: Open, block: str) -> None:
    jobs, name = services().jobs, f"edit-{found.entry.id}-{block}"
    if jobs.get(name) is None:
        return

    @st.fragment(run_every=0.5)
    def follow() -> None:
        job = jobs.get(name)
        if job is None:
            return
        if job.done:
            jobs.forget(name)
            if job.error:
                st.session_state["proposal_error"] = job.error
                services().workspace.keep(found.entry.id, _received(block), job.text)
            st.rerun()
        with st.status("模型正在改写……"):
            st.text("改好后在这里对照显示，采用以前不改动原文。")
            if st.button("停止", key=f"stop_{name}"):
                job.stopping.set()

    follow()


def _proposal(found: Open, block: str) -> None:
    scratch = services().workspace.kept(found.entry.id)
    if error := st.session_state.get("proposal_error"):
        show_error(error)
        if received := scratch.get(_received(block), ""):
            with st.expander("中断以前已收到的内容（没有写入报告）"):
                st.text(workflow.readable(found.saved, received) or received)
    kept = scratch.get(_key(block), "")
    if not kept:
        return
    proposal = Proposal.model_validate_json(kept)
    with st.container(border=True):
        st.caption(f"修改建议：{workflow.edit_operations().get(proposal.operation, '')}")
        if proposal.notice:
            st.warning(plain(proposal.notice))
        redline(proposal.redline)
        for finding in proposal.findings:
            st.warning(plain(finding.message))
        places = workflow.changes(proposal)
        taken = frozenset(range(len(places)))
        if len(places) > 1:
            numbers = list(range(len(places)))
            chosen = st.pills(
                "采用哪几处",
                numbers,
                format_func=lambda n: f"{n + 1}　{_place(places[n])}",
                selection_mode="multi",
                default=numbers,
                key=f"places_{block}_{found.version}",
            )
            taken = frozenset(chosen)
        accept, reject = st.columns(2)
        if accept.button("采用", type="primary", disabled=not taken, key=f"accept_{block}"):
            found.save(
                workflow.accept_edit(found.saved, proposal, taken), f"采用修改建议：{workflow.edit_operations()[proposal.operation]}"
            )
            _drop(found, block)
        if reject.button("不采用", key=f"reject_{block}"):
            _drop(found, block)


def _place(pieces: tuple[tuple[str, str], ...]) -> str:
    """A changed place in a few characters: `全年通过 → 依托门户网站…`."""
    gone, new = ("".join(text for op, text in pieces if (op in ("delete", "moved_away")) == deleted) for deleted in (True, False))
    short = [f"{text[:LABEL]}…" if len(text) > LABEL else text for text in (gone, new)]
    return plain(f"删 {short[0]}" if not new else f"增 {short[1]}" if not gone else " → ".join(short))


def _drop(found: Open, block: str) -> None:
    services().workspace.keep(found.entry.id, _key(block), "")
    st.rerun()
