"""Last year's problems: what section 五 reported, one by one."""

from __future__ import annotations

import re

from assistant.drafting.wording import wording

_ENUMERATED = re.compile(r"(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|(?<![\d.])\d[.．、](?!\d)|第[一二三四五六][，、])")
_INLINE = re.compile(r"存在(?!一些|一定|以下|如下|的?主要|问题|不足|的问题|的不足)(?P<problem>[^，。；：]{6,60}?)(?:等|方面)?(?:的)?(?:问题|不足|差距|短板)")
_MENDED = re.compile(r"针对.{0,40}(?:进行了|已|得到|完成|及时)")
_STOP = re.compile(r"[；;。\n]")
_EXAMPLES = re.compile(r"^[^：:]{0,16}(?:例如|比如|主要有|主要是|主要表现为|表现在)[：:，,]?")
_LEAD = re.compile(r"^[^：:]{0,20}[：:]|^(?:还|仍|主要|但|虽然[^，]*，)*(?:存在|是|表现为)?")


def split_problems(text: str) -> tuple[str, ...]:
    """The problems named in last year's section 五, without the improvements announced for them. Empty when none can be told apart."""
    told = _told_as_problem(text)
    if not told:
        return ()
    inline = _INLINE.search(told)
    places = [match.end() for match in _ENUMERATED.finditer(told)]
    if len(places) > 1:
        pieces = [_STOP.split(told[a:b])[0] for a, b in zip(places, [*places[1:], len(told)], strict=True)]
    elif inline:
        pieces = [inline.group("problem")]
    else:
        body = told.split("：", 1)[-1] if "：" in told[:40] else told
        pieces = re.split(r"[；;。\n，,]" if _EXAMPLES.search(told) else r"[；;。\n]", _EXAMPLES.sub("", body))
    found = (_bare(piece) for piece in pieces)
    return tuple(problem for problem in found if len(problem) >= 6)


def _told_as_problem(text: str) -> str:
    """The stretch between the head of the problems and the head of the improvements."""
    head = next((match for match in wording().problem_heads.finditer(text) if not _told_as_mended(text, match.start())), None)
    if head is None:
        return ""
    rest = text[head.start() :]
    improvement = next((match for match in wording().improvement_heads.finditer(rest) if match.start() > 10), None)
    return rest[: improvement.start()] if improvement else rest


def _told_as_mended(text: str, place: int) -> bool:
    """Whether the sentence speaks of a problem of the year before that was mended."""
    start = text.rfind("。", 0, place) + 1
    stop = text.find("。", place)
    return bool(_MENDED.search(text[start : stop if stop >= 0 else len(text)]))


def _bare(problem: str) -> str:
    bare = _ENUMERATED.sub("", problem).strip(" ，、；：:。\n“”")
    bare = re.sub(r"(?:等问题|等不足|等)?[。；，]?$", "", _LEAD.sub("", bare)).strip("，、；：:。 \n")
    return bare + "”" if bare.count("“") > bare.count("”") else bare
