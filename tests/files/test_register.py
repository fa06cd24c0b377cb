"""Registers as they really come: several sheets, title and notes rows, merged cells, dates in every form, hostile files."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.register import DecisionRow, DisputeRow, NormativeRow, RegisterRow
from assistant.errors import UnreadableFile, UnreadableRegister
from assistant.files.register import applicant_names, read_register, read_registers
from assistant.files.register_limits import RegisterFile
from assistant.files.register_values import Unread, Yearless, parse_date, parse_extension

HEAD = ["序号", "收到日期", "申请人姓名", "申请人类型", "联系电话", "答复日期", "办理结果"]
LINE = [1, "2025.3.1", "王小明", "自然人", "13800001111", "2025-03-20", "予以公开"]


def workbook(path: Path, sheets: dict[str, list[list[Any]]], merges: dict[str, list[tuple[int, int, int, int, str]]] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, value)
        for merge in (merges or {}).get(name, []):
            sheet.merge_range(*merge)
    book.close()
    return path


def rows_of(path: Path, **options: Any) -> list[RegisterRow]:
    return [row for row in read_register(path, **options).rows if isinstance(row, RegisterRow)]


def test_plain_register(tmp_path: Path) -> None:
    register = read_register(workbook(tmp_path / "台账.xlsx", {"台账": [HEAD, LINE]}))
    row = register.rows[0]
    assert isinstance(row, RegisterRow)
    assert (row.locator, row.number, row.category, row.outcome) == ("台账!A2", "1", "自然人", "予以公开")
    assert (row.received, row.replied) == (date(2025, 3, 1), date(2025, 3, 20))
    assert [column.column for column in register.mappings[0].columns] == list("ABCDEFG")


def test_no_personal_data_leaves_the_reader(tmp_path: Path) -> None:
    line = [*LINE[:2], "王小明", "自然人", "13800001111", *LINE[5:]]
    register = read_register(
        workbook(tmp_path / "r.xlsx", {"台账": [[*HEAD, "申请内容"], [*line, "王小明家宅基地"], [*line, "王小明家宅基地"]]})
    )
    said = repr(register)
    assert "王小明" not in said
    assert "13800001111" not in said
    first, second = (row for row in register.rows if isinstance(row, RegisterRow))
    assert first.applicant == second.applicant != ""
    assert first.content == second.content != first.applicant


def test_id_number_as_registration_number_is_dropped(tmp_path: Path) -> None:
    line = ["110101199001011234", *LINE[1:]]
    assert rows_of(workbook(tmp_path / "r.xlsx", {"台账": [HEAD, line]}))[0].number == ""


def test_title_notes_totals_and_repeated_headers_are_no_entries(tmp_path: Path) -> None:
    lines = [
        ["某局2025年政府信息公开申请台账"],
        ["填报单位：某局"],
        HEAD,
        LINE,
        HEAD,
        LINE,
        ["合计", 2],
        ["备注：以上数据截至12月31日"],
        [3],
        ["填表人：", "李四"],
    ]
    register = read_register(workbook(tmp_path / "r.xlsx", {"台账": lines}))
    assert [row.locator for row in register.rows] == ["台账!A4", "台账!A6"]
    assert {skipped.locator for skipped in register.skipped} == {"台账!A5", "台账!A7", "台账!A8", "台账!A9", "台账!A10"}


def test_several_sheets_and_a_foreign_one(tmp_path: Path) -> None:
    sheets = {"一季度": [HEAD, LINE], "二季度": [["标题"], HEAD, LINE], "说明": [["本表由办公室填写"]], "空": []}
    register = read_register(workbook(tmp_path / "r.xlsx", sheets))
    assert [row.locator for row in register.rows] == ["一季度!A2", "二季度!A3"]
    assert [skipped.locator for skipped in register.skipped] == ["说明"]


def test_two_line_header_with_merged_cells(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["序号", "收到日期", "申请人类型", "第三方意见", None, "办理情况", None],
        [None, None, None, "征求日期", "反馈日期", "答复日期", "办理结果"],
        [1, "2025-3-1", "自然人", "2025-3-3", "2025-3-10", "2025-4-1", "部分公开"],
    ]
    path = workbook(
        tmp_path / "r.xlsx",
        {"台账": lines},
        {
            "台账": [
                (0, 3, 0, 4, "第三方意见"),
                (0, 5, 0, 6, "办理情况"),
                (0, 0, 1, 0, "序号"),
                (0, 1, 1, 1, "收到日期"),
                (0, 2, 1, 2, "申请人类型"),
            ]
        },
    )
    row = rows_of(path, choices={"第三方意见征求日期": "third_party_sent"})[0]
    assert (row.third_party_sent, row.third_party_answered, row.replied) == (date(2025, 3, 3), date(2025, 3, 10), date(2025, 4, 1))


def test_merged_cells_apply_to_every_line(tmp_path: Path) -> None:
    lines = [HEAD, LINE, [2, None, None, None, None, "2025-04-01", "信息不存在"]]
    path = workbook(tmp_path / "r.xlsx", {"台账": lines}, {"台账": [(1, 1, 2, 1, "2025.3.1"), (1, 3, 2, 3, "商业企业")]})
    rows = rows_of(path)
    assert [(row.received, row.category) for row in rows] == [(date(2025, 3, 1), "商业企业")] * 2


def test_tick_columns_name_the_category(tmp_path: Path) -> None:
    head = ["收到日期", "自然人", "商业企业", "法律服务机构", "答复日期", "办理结果"]
    lines = [head, ["2025-1-2", None, "√", None, "2025-1-9", "公开"], ["2025-1-3", 1, None, None, "2025-1-9", "公开"]]
    assert [row.category for row in rows_of(workbook(tmp_path / "r.xlsx", {"台账": lines}))] == ["商业企业", "自然人"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025.3.1", date(2025, 3, 1)), ("2025-03-01", date(2025, 3, 1)), ("2025/3/1", date(2025, 3, 1)), ("2025年3月1日", date(2025, 3, 1)),
        ("２０２５年３月１日", date(2025, 3, 1)), (45717, date(2025, 3, 1)), (45717.0, date(2025, 3, 1)), ("45717", date(2025, 3, 1)), (20250301.0, date(2025, 3, 1)),
        ("20250301", date(2025, 3, 1)), ("25.3.1", date(2025, 3, 1)), ("二〇二五年三月一日", date(2025, 3, 1)), ("二零二五年十二月三十一日", date(2025, 12, 31)),
        ("2025-03-01 10:30:00", date(2025, 3, 1)), ("2025年3月1日（网上）", date(2025, 3, 1)), ("2025、3、1", date(2025, 3, 1)),
        ("", None), ("/", None), ("—", None), ("无", None), ("办理中", None),
        ("3月5日", Yearless(3, 5)), ("3/5", Yearless(3, 5)),
        ("2025年3月", Unread("2025年3月")), ("2025.2.30", Unread("2025.2.30")), ("2025.3.1-2025.3.5", Unread("2025.3.1-2025.3.5")), ("三月初", Unread("三月初")),
        (3.5, Unread("3.5")), (12.0, Unread("12")), ("1899-12-31", Unread("1899-12-31")), ("3.1.25", Unread("3.1.25")),
    ],
)  # fmt: skip
def test_dates_as_written(written: Any, day: Any) -> None:
    assert parse_date(written) == day


@given(
    st.dates(date(2000, 1, 1), date(2069, 12, 31)),
    st.sampled_from(["{0.year}.{0.month}.{0.day}", "{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}", "{0:%Y/%m/%d} 08:00"]),
)
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert parse_date(form.format(day)) == day
    assert parse_date(float(day.toordinal() - date(1899, 12, 30).toordinal())) == day


@pytest.mark.parametrize(
    ("written", "days"),
    [("是", 20), ("否", 0), ("", None), ("延长20个工作日", 20), (15, 15), ("10个工作日", 10), ("看情况", Unread("看情况"))],
)
def test_extensions_as_written(written: Any, days: Any) -> None:
    assert parse_extension(written) == days


def test_dates_without_year_take_the_year_of_the_title_and_say_so(tmp_path: Path) -> None:
    lines = [
        ["2025年台账"],
        HEAD,
        [1, "3月5日", "甲", "自然人", "1", "4月1日", "公开"],
        [2, "12月20日", "乙", "自然人", "2", "1月5日", "公开"],
    ]
    register = read_register(workbook(tmp_path / "r.xlsx", {"台账": lines}))
    first, second = (row for row in register.rows if isinstance(row, RegisterRow))
    assert (first.received, first.replied) == (date(2025, 3, 5), date(2025, 4, 1))
    assert (second.received, second.replied) == (date(2025, 12, 20), None)
    assert second.unread[0][0] == "replied"
    assert register.notes == ("工作表“台账”有3个日期没有写年份，按2025年计。",)


def test_year_is_not_guessed_without_a_hint(tmp_path: Path) -> None:
    row = rows_of(workbook(tmp_path / "r.xlsx", {"台账": [HEAD, [1, "3月5日", "甲", "自然人", "1", "2025-4-1", "公开"]]}))[0]
    assert row.received is None
    assert row.unread == (("received", "3月5日（没有年份）"),)


def test_mapping_can_be_overridden(tmp_path: Path) -> None:
    head = ["收到日期", "来件", "申请人类型", "答复日期", "办理结果"]
    path = workbook(tmp_path / "r.xlsx", {"台账": [head, ["2025-3-9", "2025-3-1", "自然人", "2025-3-20", "公开"]]})
    register = read_register(path, choices={"来件": "received", "收到日期": "ignore"})
    assert [row.received for row in register.rows if isinstance(row, RegisterRow)] == [date(2025, 3, 1)]
    assert {column.header: column.by for column in register.mappings[0].columns}["来件"] == "choice"
    assert register.mappings[0].unused == ("收到日期",)


@pytest.mark.parametrize("missing", ["收到日期", "申请人类型", "办理结果"])
def test_missing_column_names_what_is_wrong_where_and_what_to_do(tmp_path: Path, missing: str) -> None:
    place = HEAD.index(missing)
    path = workbook(tmp_path / "台账.xlsx", {"登记": [HEAD[:place] + HEAD[place + 1 :], LINE[:place] + LINE[place + 1 :]]})
    with pytest.raises(UnreadableRegister) as caught:
        read_register(path)
    assert "登记" in caught.value.message
    assert "缺少" in caught.value.message
    assert "列对应关系" in caught.value.hint


def test_header_only_and_no_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRegister, match="只有表头"):
        read_register(workbook(tmp_path / "a.xlsx", {"台账": [HEAD]}))
    with pytest.raises(UnreadableRegister, match="没有找到"):
        read_register(workbook(tmp_path / "b.xlsx", {"台账": [["通讯录"], ["甲", "乙"]]}))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_all_encodings(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(delimiter.join(map(str, line)) for line in (HEAD, LINE)), encoding=encoding)
    row = rows_of(path)[0]
    assert (row.locator, row.received, row.category) == ("台账!A2", date(2025, 3, 1), "自然人")


def test_formula_without_value_is_not_a_blank(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"台账": [HEAD, LINE]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start = sheet.index('<c r="F2"')
    parts["xl/worksheets/sheet1.xml"] = (sheet[:start] + '<c r="F2"><f>B2+19</f></c>' + sheet[sheet.index("</c>", start) + 4 :]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    row = rows_of(path)[0]
    assert row.replied is None
    assert row.unread[0][0] == "replied"


def bad_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_bad_files_are_refused_in_words(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableFile, match="密码"):
        read_register(bad_file(tmp_path, "加密.xlsx", ole))
    with pytest.raises(UnreadableFile, match="空文件"):
        read_register(bad_file(tmp_path, "空.xlsx", b""))
    with pytest.raises(UnreadableFile, match="损坏"):
        read_register(bad_file(tmp_path, "坏.xlsx", b"PK\x03\x04garbage"))
    with pytest.raises(UnreadableFile, match="Excel"):
        read_register(bad_file(tmp_path, "文本.xlsx", b"hello"))
    with pytest.raises(UnreadableFile, match="找不到"):
        read_register(tmp_path / "没有.xlsx")
    with pytest.raises(UnreadableFile, match="编码"):
        read_register(bad_file(tmp_path, "乱.csv", b"\x00\xff\xfe\x81" * 50))


def test_oversized_file_is_refused_by_size(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="300MB"):
        read_register(path)


def test_zip_bomb_and_far_cells_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"台账": [HEAD, LINE]})
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr("xl/media/x.bin", bytes(60 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="异常庞大"):
        read_register(bomb)
    far = tmp_path / "far.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(far, "w") as archive:
        for name in source.namelist():
            archive.writestr(
                name, source.read(name).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
            )
    with pytest.raises(UnreadableFile, match="范围异常"):
        read_register(far)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_damaged_workbooks_never_crash(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = workbook(folder / "a.xlsx", {"台账": [HEAD, LINE]})
    chance, data = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data[: chance.randrange(1, len(data) + 1)]))
    with suppress(UnreadableFile, UnreadableRegister):
        read_register(path)


def test_other_registers(tmp_path: Path) -> None:
    disputes = workbook(
        tmp_path / "d.xlsx",
        {"案件": [["案号", "案件类型", "受理日期", "审结日期", "结果"], ["〔2025〕1号", "行政复议", "2025-2-1", "2025-4-1", "维持"]]},
    )
    row = read_register(disputes, "disputes").rows[0]
    assert isinstance(row, DisputeRow)
    assert (row.procedure, row.result, row.accepted) == ("行政复议", "维持", date(2025, 2, 1))
    documents = workbook(
        tmp_path / "n.xlsx", {"清单": [["文号", "文件名称", "印发日期", "废止日期"], ["〔2024〕1号", "办法", "2024-2-1", ""]]}
    )
    document = read_register(documents, "normative").rows[0]
    assert isinstance(document, NormativeRow)
    assert (document.issued, document.repealed) == (date(2024, 2, 1), None)
    decisions = workbook(
        tmp_path / "k.xlsx", {"决定": [["决定类别", "决定日期", "件数"], ["行政许可", "2025-2-1", 12], ["行政处罚", "2025-2-1", "3件"]]}
    )
    counted = [row for row in read_register(decisions, "decisions").rows if isinstance(row, DecisionRow)]
    assert [(row.kind, row.items) for row in counted] == [("行政许可", 12), ("行政处罚", 3)]


def test_one_workbook_may_hold_every_register(tmp_path: Path) -> None:
    sheets = {
        "申请台账": [HEAD, LINE],
        "复议诉讼": [["案号", "类型", "受理日期", "审结日期", "结果"], ["1", "行政复议", "2025-2-1", "2025-4-1", "维持"]],
        "规范性文件": [["文号", "类别", "印发日期", "废止日期"], ["1", "行政规范性文件", "2025-2-1", ""]],
        "行政决定": [["决定类别", "决定日期", "件数"], ["行政许可", "2025-2-1", 12]],
        "通讯录": [["甲", "乙"]],
    }
    found = {register.kind: register for register in read_registers(workbook(tmp_path / "r.xlsx", sheets))}
    assert list(found) == ["applications", "disputes", "normative", "decisions"]
    assert all(len(register.rows) == 1 for register in found.values())
    with pytest.raises(UnreadableRegister, match="没有找到"):
        read_registers(workbook(tmp_path / "x.xlsx", {"通讯录": [["甲", "乙"], ["丙", "丁"]]}))


def test_uploaded_bytes_are_read_like_a_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", {"台账": [HEAD, LINE]})
    assert read_register(RegisterFile("台账.xlsx", path.read_bytes())) == read_register(path)
    with pytest.raises(UnreadableFile, match="空文件"):
        read_register(RegisterFile("空.xlsx", b""))


def test_delivery_decides_which_date_counts(tmp_path: Path) -> None:
    head = ["收到日期", "申请人类型", "答复日期", "交邮日期", "送达日期", "送达方式", "办理结果"]
    dates = ["2025-3-1", "自然人", "2025-3-20", "2025-3-21", "2025-3-25"]
    lines = [head, [*dates, "EMS邮寄", "公开"], [*dates, "当面领取", "公开"], [*dates, "电子邮件", "公开"]]
    rows = rows_of(workbook(tmp_path / "r.xlsx", {"台账": lines}))
    assert [row.delivery for row in rows] == ["mail", "direct", "electronic"]
    assert [row.answered_on for row in rows] == [date(2025, 3, 21), date(2025, 3, 25), date(2025, 3, 21)]
    assert {row.settled_on for row in rows} == {date(2025, 3, 20)}


def test_unread_values_do_not_carry_numbers_of_persons(tmp_path: Path) -> None:
    row = rows_of(workbook(tmp_path / "r.xlsx", {"台账": [HEAD, [1, "13800001111联系", "甲", "自然人", "1", "2025-4-1", "公开"]]}))[0]
    assert row.unread == (("received", "***********联系"),)


def test_names_for_the_search_in_texts(tmp_path: Path) -> None:
    lines = [HEAD, LINE, [2, "2025-3-2", "某某有限公司", "商业企业", "1", "2025-4-1", "公开"]]
    assert applicant_names(workbook(tmp_path / "r.xlsx", {"台账": lines})) == {"王小明"}
