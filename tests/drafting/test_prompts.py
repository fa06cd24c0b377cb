"""Prompt files are validated; what is put into them is data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import assistant
from assistant.data_files import shipped
from assistant.drafting.prompts import load_prompt, parse_prompt
from assistant.errors import InvalidData

GOOD = "---\nname: p\nversion: 1\npurpose: x\nvariables: [a]\n---\n## system\n规则\n## user\n$a\n"


def test_every_prompt_loads_with_version_purpose_and_schema() -> None:
    names = {path.stem for path in shipped("prompts").glob("*.md") if path.stem != "README"}
    assert {"draft_section", "repair_sentences", "edit_paragraph"} <= names
    for name in names:
        prompt = load_prompt(name)
        assert prompt.version >= 1
        assert prompt.purpose
        if prompt.output_schema:
            assert json.loads(prompt.output_schema)["type"] == "object"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("[a]", "[a, b]"), "变量"),
        (GOOD.replace("$a", "$a $c"), "变量"),
        (GOOD.replace("name: p", "name: q"), "名称"),
        (GOOD.replace("version: 1\n", ""), "不符合要求"),
        (GOOD.replace("## user", "## other"), "不符合要求"),
        (GOOD.replace("purpose: x", "purpose: x\nextra: 1"), "不符合要求"),
        ("没有开头", "不符合要求"),
    ],
)
def test_a_wrong_prompt_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidData) as caught:
        parse_prompt(text, "p")
    assert said in caught.value.message


def test_a_value_is_never_expanded_again() -> None:
    prompt = parse_prompt(GOOD.replace("[a]", "[a, b]").replace("$a", "$a 与 $b"), "p")
    request = prompt.render(a="$b ${b} {{x}}", b="乙")
    assert request.messages[1].text == "$b ${b} {{x}} 与 乙"


def test_a_missing_or_unknown_value_is_an_error() -> None:
    prompt = parse_prompt(GOOD, "p")
    with pytest.raises(InvalidData):
        prompt.render()
    with pytest.raises(InvalidData):
        prompt.render(a="1", b="2")


def test_no_prompt_text_stands_in_the_code() -> None:
    for path in (Path(assistant.__file__).parent / "drafting").glob("*.py"):
        assert "只输出 JSON" not in path.read_text(encoding="utf-8"), path.name
