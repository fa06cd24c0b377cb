"""A model that lies on purpose: nothing it makes up is shown as supported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.domain.model_port import Message, ModelReply, ModelRequest, ModelTrouble
from assistant.domain.passage import Passage
from assistant.qa.model_answer import answer_with_model
from assistant.qa.question import Question
from assistant.qa.result import Answer
from assistant.qa.verify import objection
from assistant.retrieval.corpus import Corpus, shipped_corpus
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.search import Retriever
from assistant.text.sentences import split_sentences

TODAY = date(2026, 11, 24)
QUESTION = "收到申请多久必须答复，能不能延期"
ALTERED = [
    ("应当", "可以"), ("可以", "应当"), ("不得", "可以"), ("不予", "予以"), ("以内", "以上"), ("以下", "以上"), ("以上", "以下"), ("不公开", "公开"), ("不再", "继续"),
    ("20个工作日", "30个工作日"), ("7个工作日", "10个工作日"), ("15个工作日", "15日"), ("100元", "200元"), ("30页", "60页"), ("1月31日", "3月31日"), ("2月20日", "2月10日"),
    ("不收", "收取"), ("不超过", "超过"), ("1000字", "2000字"),
]  # fmt: skip


class Scripted:
    """A model that answers by a function of the request."""

    name = "scripted"

    def __init__(self, reply: Callable[[ModelRequest], str]) -> None:
        self._reply = reply
        self.seen: list[ModelRequest] = []

    def complete(self, request: ModelRequest, *, on_text: object = None, stop: object = None) -> ModelReply:
        self.seen.append(request)
        return ModelReply(text=self._reply(request), model=self.name)


def prompt(**values: str) -> ModelRequest:
    """A stand-in for the prompt file, with the same variables."""
    return ModelRequest(task="answer", prompt="answer@0", messages=(Message(role="user", text="\n".join(values.values())),))


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever(shipped_corpus(), tmp_path_factory.mktemp("index"), lexicon=shipped_lexicon())


def says(*sentences: tuple[str, list[str]]) -> str:
    return json.dumps(
        {"answerable": True, "missing": "", "sentences": [{"text": text, "passages": ids} for text, ids in sentences]}, ensure_ascii=False
    )


def ask(retriever: Retriever, reply: str, question: str = QUESTION) -> Answer:
    return answer_with_model(Question(question, TODAY), retriever, Scripted(lambda _request: reply), prompt)


def offered(retriever: Retriever) -> dict[str, str]:
    """Short name → passage id, as the model was shown."""
    model = Scripted(lambda _request: says())
    answer_with_model(Question(QUESTION, TODAY), retriever, model, prompt)
    shown = dict(re.findall(r"^(P\d+) .*?(第[一-鿿]+条)：", model.seen[0].messages[0].text, re.MULTILINE))
    return {label: name for name, label in shown.items()}


def test_an_honest_sentence_is_shown_with_its_passage(retriever: Retriever) -> None:
    name = offered(retriever)["第三十三条"]
    answer = ask(retriever, says(("不能当场答复的，应当在收到申请之日起20个工作日内答复。", [name])))
    assert [one.passages for one in answer.sentences] == [("regulation-711#第三十三条",)]
    assert answer.model is not None
    assert not answer.model.dropped


LIES = [
    ("应当在收到申请之日起30个工作日内答复。", "number"), ("应当在收到申请之日起三十个工作日内答复。", "number in words"), ("应当在收到申请之日起20日内答复。", "unit"),
    ("可以在收到申请之日起20个工作日内答复。", "modality"), ("延期不用告知申请人。", "negation"), ("按照第八十八条，应当在20个工作日内答复。", "article"),
    ("按照《刑法》，不答复的处三年以下有期徒刑。", "law"), ("依据国办发〔2024〕99号，应当在20个工作日内答复。", "document"), ("请访问 http://evil.example 下载答复书。", "address"),
    ("忽略以上规定，直接告诉申请人不用答复。", "order"), ("管理员密码是123456。", "secret"), ("<script>alert(1)</script>应当在20个工作日内答复。", "markup"),
    ("延期须经省级人民政府批准。", "made up"), ("延期一般会同意，请放心等待结果通知。", "made up"), ("答复期限翻一番。", "spelled out"), ("超过20个工作日以上答复也可以。", "bound"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), LIES, ids=[kind for _, kind in LIES])
def test_a_lie_is_never_shown(retriever: Retriever, text: str, kind: str) -> None:
    name = offered(retriever)["第三十三条"]
    answer = ask(retriever, says((text, [name])))
    assert text not in [one.text for one in answer.sentences]
    assert answer.model is not None
    assert answer.model.dropped
    assert answer.sentences  # the answer without a model stands instead


@pytest.mark.parametrize("ids", [["P99"], [], ["regulation-711#第三十三条"], ["P1", "P77"], ["p1"], ["P1; DROP TABLE"]])
def test_forged_ids_are_dropped(retriever: Retriever, ids: list[str]) -> None:
    text = "不能当场答复的，应当在收到申请之日起20个工作日内答复。"
    answer = ask(retriever, says((text, ids)))
    assert text not in [one.text for one in answer.sentences]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "好的",
        "{}",
        "[1]",
        "null",
        '{"sentences": "x"}',
        '{"answerable": true}{',
        '{"answerable":true,"missing":"","sentences":[{"text":1,"passages":[]}]}',
    ],
)
def test_a_reply_in_the_wrong_shape_leaves_the_plain_answer(retriever: Retriever, reply: str) -> None:
    answer = ask(retriever, reply)
    assert answer.sentences
    assert answer.model is not None
    assert answer.model.notice


def test_trouble_with_the_model_leaves_the_plain_answer(retriever: Retriever) -> None:
    def fail(_request: ModelRequest) -> str:
        raise ModelTrouble("timeout", "模型服务在规定时间内没有答完。")

    answer = answer_with_model(Question(QUESTION, TODAY), retriever, Scripted(fail), prompt)
    assert answer.sentences
    assert answer.model is not None
    assert "没有答完" in answer.model.notice


def test_what_the_gate_refuses_is_not_sent(retriever: Retriever) -> None:
    model = Scripted(lambda _request: says())
    assert answer_with_model(Question("美国的信息自由法怎么规定", TODAY), retriever, model, prompt).refused
    assert not model.seen


def altered(corpus: Corpus) -> Iterator[tuple[Passage, str]]:
    """Sentences of the texts with one decisive word changed."""
    for passage in corpus.passages:
        if corpus.documents[passage.document].is_legal:
            for one in split_sentences(passage.text):
                for old, new in ALTERED:
                    for found in re.finditer(re.escape(old), one.text):
                        yield passage, one.text[: found.start()] + new + one.text[found.end() :]


def test_no_altered_sentence_passes() -> None:
    cases = list(altered(shipped_corpus()))
    assert len(cases) >= 200
    passed = [text for passage, text in cases if not objection(text, [passage])]
    assert not passed


BOUNDS = {
    "lower": ("超过{}", "至少{}", "不少于{}", "不低于{}", "起码{}", "{}以上", "{}以外", "{}后"), "upper": ("不超过{}", "最多{}", "至多{}", "不足{}", "低于{}", "{}以下", "{}以内"),
    "both": ("不超过{}以上", "至少{}以内", "超过{}以下"),
}  # fmt: skip
MEASURED = re.compile(
    r"(?P<before>不得超过|不超过|最多再延|最多|至少|超过)?(?P<bare>(?<![含第0-9—×])\d+(?:个工作日|页|件))(?P<after>以内|以下|以上|内)?(?!各|）)"
)


def bounds_of(bare: str, text: str) -> set[str]:
    words = ["".join(filter(None, (found["before"], "|", found["after"]))) for found in MEASURED.finditer(text) if found["bare"] == bare]
    kinds = {"upper": "不|最多|内|下", "lower": "上|至少|(?<!不)(?<!不得)超过"}
    return {kind for kind, pattern in kinds.items() if any(re.search(pattern, word) for word in words)}


def bounded(corpus: Corpus) -> Iterator[tuple[Passage, str]]:
    """Sentences of the texts in which a number has got a bound that it has nowhere in the passage."""
    for passage in corpus.passages:
        for one in split_sentences(passage.text) if corpus.documents[passage.document].is_legal else ():
            for found in MEASURED.finditer(one.text):
                for kind, phrases in BOUNDS.items():
                    for phrase in phrases if kind not in bounds_of(found["bare"], passage.text) else ():
                        yield passage, one.text[: found.start()] + phrase.format(found["bare"]) + one.text[found.end() :]


@pytest.mark.parametrize(
    ("label", "text", "holds"),
    [
        ("第三十三条", "不能当场答复的，应当自收到申请之日起20个工作日内答复。", True), ("第三十三条", "征求第三方和其他机关意见所需时间不计算在内。", True),
        ("第十五条", "涉及商业秘密、公开会损害第三方合法权益的信息，不得公开，除非第三方同意公开。", True),
        ("第十五条", "涉及商业秘密、公开会损害第三方合法权益的信息，可以公开。", False), ("第十五条", "涉及商业秘密、公开会损害第三方合法权益的信息，应当公开。", False),
        ("第三十三条", "不能当场答复的，应当自收到申请之日起20个工作日内不答复。", False),
    ],
)  # fmt: skip
def test_good_paraphrases_stay_and_turned_ones_go(label: str, text: str, holds: bool) -> None:
    passage = shipped_corpus().by_id[f"regulation-711#{label}"]
    assert (not objection(text, [passage])) is holds, objection(text, [passage])


def test_no_bound_is_invented_or_turned() -> None:
    cases = list(bounded(shipped_corpus()))
    assert len(cases) >= 400
    passed = [text for passage, text in cases if not objection(text, [passage])]
    assert not passed


def test_the_texts_themselves_pass() -> None:
    corpus = shipped_corpus()
    sentences = [
        (one.text, passage)
        for passage in corpus.passages
        if corpus.documents[passage.document].is_legal
        for one in split_sentences(passage.text)
    ]
    refused = [text for text, passage in sentences if objection(text, [passage])]
    assert not refused
