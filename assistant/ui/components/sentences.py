"""The drafted sentences of a part: colour, text, and behind each its reason, facts and sources."""

from __future__ import annotations

from html import escape

import streamlit as st

from assistant import workflow
from assistant.domain.draft import COLOUR_LABELS, DraftSentence
from assistant.domain.facts import Fact
from assistant.ui.services import Open

SHOWN_FROM = 0.5
STYLE = """<style>
.sentences details { border-bottom: 1px solid #eceae4; padding: .3rem 0; line-height: 1.7 }
.sentences summary { cursor: pointer }
.sentences .mark { display: inline-block; min-width: 4.4em; text-align: center; border-radius: .6em; padding: 0 .5em; margin-right: .5em; font-size: .8rem }
.sentences .keep { background: #eee; color: #444 } .sentences .refill { background: #dcefe5; color: #14532d }
.sentences .rewrite { background: #fde8cf; color: #7c3a00 } .sentences .gone { background: #f8dada; color: #8c1d18 }
.sentences .new { background: #dbe8fb; color: #1e3a8a } .sentences s { color: #8a8a8a }
.sentences .same { color: #8a6d1a; font-size: .8rem; margin-left: .6em; white-space: nowrap }
.sentences .why { color: #555; font-size: .86rem; padding: .2rem 0 .3rem 5.2em }
</style>"""


def sentences_view(found: Open, part: str) -> None:
    """Every sentence on a line; a click opens where it comes from."""
    sentences = [sentence for sentence in found.saved.sentences if sentence.section == part]
    if not sentences:
        st.caption("还没有起草这一部分。")
        return
    counted = "　".join(f"{COLOUR_LABELS[colour]} {count}" for colour, count in workflow.colours(sentences).items() if count)
    st.caption(f"{counted}。点开一句看来源。")
    book = found.saved.facts.by_name if found.saved.facts else {}
    st.html(STYLE + '<div class="sentences">' + "".join(_sentence(sentence, book) for sentence in sentences) + "</div>")


def _sentence(sentence: DraftSentence, book: dict[str, Fact]) -> str:
    text = escape(sentence.text) if sentence.text else f"<s>{escape(sentence.last_text)}</s>"
    share = workflow.sentence_repetition(sentence)
    told = [sentence.reason, *(f"{fact.what}：{fact.text}（{fact.source}）" for name in sentence.facts if (fact := book.get(name)))]
    told += [f"依据：{workflow.source_text(passage)}" for passage in sentence.passages]
    told += [f"上年原句：{sentence.last_text}"] if sentence.last_text and sentence.text else []
    why = "<br>".join(escape(line) for line in told if line)
    repeated = f'<span class="same">与上年相同 {share:.0%}</span>' if share is not None and share >= SHOWN_FROM else ""
    mark = f'<span class="mark {sentence.colour}">{COLOUR_LABELS[sentence.colour]}</span>'
    return f'<details><summary>{mark}{text}{repeated}</summary><div class="why">{why}</div></details>'
