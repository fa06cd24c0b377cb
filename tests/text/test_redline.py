from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.redline import RedlineOp, redline

SENTENCES = [
    "收到申请3119件，答复3050件。",
    "收到申请3225件，答复3201件。",
    "组织培训2期，覆盖各部门。",
    "组织检查4次，通报结果。",
    "一是优化专栏；",
    "（一）主动公开。\n",
    "全年共办结１２件",
    "ABC系统上线。",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=6).map("".join) | st.text(alphabet="收到3,件。；\n（）“”A ", max_size=30)


def old_of(ops: tuple[RedlineOp, ...]) -> str:
    return "".join(op.text for op in ops if op.op in ("keep", "delete"))


def new_of(ops: tuple[RedlineOp, ...]) -> str:
    return "".join(op.text for op in ops if op.op in ("keep", "insert", "move"))


@given(TEXTS, TEXTS)
def test_nothing_is_lost(old: str, new: str) -> None:
    ops = redline(old, new)
    assert old_of(ops) == old
    assert new_of(ops) == new
    assert all(op.text for op in ops)


@given(TEXTS)
def test_the_same_text_is_kept_whole(text: str) -> None:
    assert redline(text, text) == ((RedlineOp("keep", text),) if text else ())


def test_a_number_is_replaced_whole() -> None:
    ops = redline("收到申请3119件，均已答复。", "收到申请3225件，均已答复。")
    assert [(op.op, op.text) for op in ops] == [("keep", "收到申请"), ("delete", "3119"), ("insert", "3225"), ("keep", "件，均已答复。")]


def test_a_moved_sentence_is_recognised() -> None:
    a, b, c = "组织开展季度检查并通报。", "举办业务培训班两期。", "修订主动公开基本目录。"
    ops = redline(a + b + c, b + c + a)
    assert [op.text for op in ops if op.op == "move"] == [a]
    assert all(op.op in ("keep", "move") or op.moved for op in ops)


def test_a_new_sentence_between_is_one_insertion() -> None:
    ops = redline("甲部门完成整改。丙部门完成整改并报告。", "甲部门完成整改。新增公开专区十二个，群众满意。丙部门完成整改并报告。")
    assert [op.text for op in ops if op.op != "keep"] == ["新增公开专区十二个，群众满意。"]


def test_a_moved_sentence_is_recognised_though_its_figures_changed() -> None:
    a, b, c = "全年收到政府信息公开申请58件，均按期答复。", "举办业务培训班两期。", "修订主动公开基本目录。"
    ops = redline(a + b + c, b + c + a.replace("58", "70"))
    (gone,) = [op for op in ops if op.op == "delete"]
    assert (gone.text, gone.moved) == (a, True)
    assert [(op.op, op.text, op.number == gone.number) for op in ops[-3:]] == [
        ("move", "全年收到政府信息公开申请", True),
        ("insert", "70", False),
        ("move", "件，均按期答复。", True),
    ]


def test_a_name_and_a_numbering_are_replaced_whole() -> None:
    ops = redline("市级47期、泗阳县15期；二是加强宣传工作，扩大覆盖面。", "市级47期、沭阳县15期；三是加强宣传工作，扩大覆盖面。")
    assert [(op.op, op.text) for op in ops if op.op != "keep"] == [
        ("delete", "泗阳县"),
        ("insert", "沭阳县"),
        ("delete", "二是"),
        ("insert", "三是"),
    ]
