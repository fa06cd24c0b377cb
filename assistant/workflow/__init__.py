"""The whole story: read → fill → check → retrieve → draft → re-check → review → export. The only place where the core meets the edges.

`story` tells it from top to bottom; the other modules hold the steps: `checking`, `filling`, `drafting`, `editing`, `reviewing`,
`asking`, `exporting`. Command line and pages call nothing below this room.
"""

from assistant.settings import load_settings as settings
from assistant.workflow.asking import Asking, answer_text, citation, cited_sentences, load_answer, passage_text
from assistant.workflow.checking import Checking, blockers, check_saved, read, read_bytes, rule_page, rules
from assistant.workflow.corpus import add_to_corpus, add_upload, library, remove_from_corpus, unanswered, unanswered_file
from assistant.workflow.drafting import asked_facts, colours, draft, draft_lines, give_fact, open_questions, readable, with_facts
from assistant.workflow.editing import apply_fix, begin, blank, length_limit, narrative_parts, part_text, set_cell, set_text
from assistant.workflow.exporting import export, export_bytes, findings_page, memo_bytes, write_memo
from assistant.workflow.filling import fill, fill_lines, keep_text, register_names
from assistant.workflow.many import RolledUp, pairs_in, roll_up, roll_up_uploads, rolled_up_bytes, rolled_up_rows
from assistant.workflow.materials import (
    REGISTERS,
    SOURCES,
    Materials,
    RegisterView,
    calendar_file,
    deadlines,
    fill_from_materials,
    left_to_decide,
    options,
    register_view,
)
from assistant.workflow.proposing import accept_edit, changes, edit_operations, edit_prompt, propose_edit, proposed_text
from assistant.workflow.questions import Question, explained_cells, give_answer, questions
from assistant.workflow.remembering import choose_column, column_choices, decide, decide_cell, decisions_made, forget_decisions
from assistant.workflow.reviewing import compare, compare_document, compare_lines, queue, repetition, trend, years_known
from assistant.workflow.saving import dump, load, load_saved, write_saved
from assistant.workflow.story import demo, produce

__all__ = [
    "REGISTERS",
    "SOURCES",
    "Asking",
    "Checking",
    "Materials",
    "Question",
    "RegisterView",
    "RolledUp",
    "accept_edit",
    "add_to_corpus",
    "add_upload",
    "answer_text",
    "apply_fix",
    "asked_facts",
    "begin",
    "blank",
    "blockers",
    "calendar_file",
    "changes",
    "check_saved",
    "choose_column",
    "citation",
    "cited_sentences",
    "colours",
    "column_choices",
    "compare",
    "compare_document",
    "compare_lines",
    "deadlines",
    "decide",
    "decide_cell",
    "decisions_made",
    "demo",
    "draft",
    "draft_lines",
    "dump",
    "edit_operations",
    "edit_prompt",
    "explained_cells",
    "export",
    "export_bytes",
    "fill",
    "fill_from_materials",
    "fill_lines",
    "findings_page",
    "forget_decisions",
    "give_answer",
    "give_fact",
    "keep_text",
    "left_to_decide",
    "length_limit",
    "library",
    "load",
    "load_answer",
    "load_saved",
    "memo_bytes",
    "narrative_parts",
    "open_questions",
    "options",
    "pairs_in",
    "part_text",
    "passage_text",
    "produce",
    "propose_edit",
    "proposed_text",
    "questions",
    "queue",
    "read",
    "read_bytes",
    "readable",
    "register_names",
    "register_view",
    "remove_from_corpus",
    "repetition",
    "roll_up",
    "roll_up_uploads",
    "rolled_up_bytes",
    "rolled_up_rows",
    "rule_page",
    "rules",
    "set_cell",
    "set_text",
    "settings",
    "trend",
    "unanswered",
    "unanswered_file",
    "with_facts",
    "write_memo",
    "write_saved",
    "years_known",
]
