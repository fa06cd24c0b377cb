"""Parts of the drafting page: starting and following a draft, editing, and last year's text."""

from __future__ import annotations

import time

import streamlit as st

from assistant import workflow
from assistant.errors import ConflictingInput
from assistant.ui.components.box import guarded, newest
from assistant.ui.components.plain import plain
from assistant.ui.jobs import Job
from assistant.ui.services import Open, register_names, services, show_error, who

ALL = "all"
TALL = 420  # pixels
ANNOUNCE_EVERY = 10.0  # seconds


def _name(found: Open, part: str) -> str:
    return f"draft-{found.entry.id}-{part}"


def _label(found: Open, part: str) -> str:
    return workflow.narrative_parts(found.saved.report.edition)[part]


def start_draft(found: Open, part: str, *, with_model: bool) -> None:
    """Draft a part, or all. Rolling forward is done at once; a model writes in the background, and its result is saved even if the page is
    left meanwhile."""
    shared, author, report = services(), who(), found.entry.id
    names = register_names(found) if with_model else frozenset()
    parts, note = ((), "全部起草") if part == ALL else ((part,), f"起草“{_label(found, part)}”")
    st.session_state.pop("draft_error", None)

    def once(job: Job) -> None:
        newest = shared.workspace.latest(report)
        base = workflow.load(newest.document) if newest else found.saved
        saved = workflow.draft(
            base, *parts, settings=shared.settings, with_model=with_model, private_names=names, on_text=job.add, stop=job.stopped
        )
        number = newest.number if newest else 0
        shared.workspace.save(report, workflow.dump(saved), saved.report.content_hash, who=author, based_on=number, note=note)

    def work(job: Job) -> None:
        try:
            once(job)
        except ConflictingInput:  # somebody saved meanwhile: draft once more on what stands now
            once(job)

    if with_model:
        shared.jobs.start(_name(found, part), work)
        return
    if error := shared.jobs.at_once(work).error:
        st.session_state["draft_error"] = error
    st.rerun()


def make_ready(found: Open, part: str) -> None:
    """Have ready, in the background and once for each version, what a model's first word on the part would wait for."""
    shared, name, version = services(), f"ready-{found.entry.id}-{part}", str(found.version)
    known = shared.jobs.get(name)
    if known and not (known.done and known.text != version):
        return

    def work(job: Job) -> None:
        job.add(version)
        workflow.make_ready(found.saved, part, settings=shared.settings, private_names=register_names(found))

    shared.jobs.start(name, work)


def prompt_view(found: Open, part: str) -> None:
    """What would be sent to a model for a part, when asked for."""
    if st.toggle("显示起草这一部分时将要发给模型的内容", key=f"section_prompt_{part}"):
        said = workflow.section_prompt(found.saved, part, settings=services().settings, private_names=register_names(found))
        st.code(said, language=None, wrap_lines=True)
    st.caption("只含事实的名称、单位和增减方向，不含数值；台账中的姓名、证件号和电话已去掉。")


def progress(found: Open, part: str) -> None:
    """The running draft as it grows, with a button to stop it."""
    jobs, name = services().jobs, _name(found, part)
    job = jobs.get(name)
    if job is None:
        return
    if job.done:
        jobs.forget(name)
        if job.error:
            services().workspace.keep(found.entry.id, f"partial.{part}", job.text)
            st.session_state["draft_error"] = job.error
        newest = services().workspace.latest(found.entry.id)
        if newest and newest.number != found.version:  # it was saved after this run had loaded the report
            st.rerun()
        return

    @st.fragment(run_every=0.5)
    def follow() -> None:
        if job.done:
            # Asked for again only after a while: a request at every tick would cut off the very run that shows the result.
            if time.monotonic() - job.announced > ANNOUNCE_EVERY:
                job.announced = time.monotonic()
                st.rerun()
            return
        with st.status("正在起草……", expanded=True):
            st.text(workflow.readable(found.saved, job.text) or "正在准备事实和条文")
            if st.button("停止", key=f"stop_{part}"):
                job.stopping.set()

    follow()


def editor(found: Open, part: str) -> None:
    """The text of the part; every change is a version."""
    with st.container():
        if error := st.session_state.get("draft_error"):
            show_error(error)
        for notice in found.saved.notices:
            st.warning(plain(notice))
        received = dict(found.saved.received).get(part, "")
        if received:
            with st.expander("模型中断以前已收到的内容（没有写入报告）"):
                st.text(workflow.readable(found.saved, received) or received)
    text = workflow.part_text(found.saved.report, part)
    key = newest(f"text_{found.entry.id}_{part}", text)
    jobs = services().jobs
    drafting = jobs.get(_name(found, part)) or jobs.get(_name(found, ALL))

    def save(written: str) -> None:
        st.session_state.pop("draft_error", None)
        found.change(
            lambda saved: workflow.set_text(saved, part, written),
            f"改“{_label(found, part)}”",
            place=lambda saved: workflow.part_text(saved.report, part),
        )

    # Not to be typed in while a draft is being written that will take its place.
    st.text_area(
        "正文（段落之间换行）",
        key=key,
        on_change=guarded(found, key, save),
        height=TALL,
        label_visibility="collapsed",
        disabled=drafting is not None,
    )
    limit = workflow.length_limit(found.saved.report.edition, part)
    st.caption(
        f"{len(text.replace(chr(10), ''))} 字"
        + (f"，原则上不超过 {limit} 字" if limit else "")
        + "；改后按 Ctrl+回车保存，每次保存留一个版本。"
    )


def last_year(found: Open, part: str) -> None:
    """Last year's text of the part and how much of it is repeated."""
    if found.saved.previous is None:
        st.caption("没有上年报告。")
        return
    share = workflow.repetition(found.saved.report, found.saved.previous, part)
    if share is not None:
        st.progress(share, text=f"与上年重复 {share:.0%}")
    with st.container(height=TALL, border=False):  # as tall as the box beside it, so that what follows is not pushed down by a long report
        for paragraph in workflow.part_text(found.saved.previous, part).split("\n"):
            st.text(paragraph)
