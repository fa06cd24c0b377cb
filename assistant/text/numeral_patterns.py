"""The patterns of the numeral lexer, over folded text, and how a matched quantity is read."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from assistant.expressions import regex
from assistant.text.chinese import CHARACTERS, LONGEST, parse_chinese
from assistant.text.lexicon import units

CN = f"[{CHARACTERS}两]"
CNS = f"{CN}{{1,{LONGEST}}}"
_DIGIT = "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_START = r"(?<![0-9A-Za-z_.])(?<![0-9],)"
_SCALE = r"(?: ?(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百))?"
_DASH = r" ?[-–—~～至到] ?"
_ORDER = r"[0-9]+|[一二三四五六七八九十百]+"

DIGITS = regex("[0-9]+")
NUMERAL_CHAR = regex(f"[0-9{CHARACTERS}两半]")
RUN = regex(rf"[0-9](?:[0-9,.]*[0-9])?|(?:{CN}|[半几])+")
POSSIBLE = regex(f"[0-9{CHARACTERS}两半几]|若干|翻倍|倍增|成倍")
LEFT_OVER = regex(rf"(?=[0-9{CHARACTERS}两])(?:{NUM}|{CN}+)")
CHINESE_CHAR = regex("[\u4e00-\u9fff]")
WORD_PARTS = frozenset("一百千万亿半零")
QUOTED = regex("“[^“”]{1,24}”|《[^《》]{1,80}》|〈[^〈〉]{1,60}〉|‘[^‘’]{1,24}’|「[^「」]{1,24}」")
QUOTES = frozenset("“《〈‘「")  # one of them opens every match of `QUOTED`
APPROX_ENDS = frozenset("约为概有占过出超逾破于少近足到多")  # one of them ends every match of `APPROX_BEFORE`
APPROX_BEFORE = regex(
    r"(?:(?P<about>大约为?|大概为?|(?<![预节集签违条制合相公])约(?:为|有|占)?)|(?P<over>超过|超出|超|逾|突破|不少于|不低于|至少|达到?近?超)"
    r"|(?P<under>将近|接近|(?<![最附远邻靠])近|不足|不到|不超过|最多|至多)) ?$"
)

_CN_SHORT = "[一二三四五六七八九十]{1,3}"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:cn|com|net|org|gov)\b[A-Za-z0-9./_-]*"


class Fixed(NamedTuple):
    """A form that is no quantity. `needs` are characters of which one must occur in the text for the pattern to be tried at all."""

    kind: Any
    needs: str
    pattern: re.Pattern[str]


ADDRESSES: tuple[Fixed, ...] = (
    Fixed("contact", ".@", regex(rf"(?=[A-Za-z0-9])(?:https?://[^\s,;，。；、()（）<>《》“”\u4e00-\u9fff]+|www\.[A-Za-z0-9./_-]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|{_HOST})")),
    Fixed("contact", "0123456789", regex(
        r"(?=[0-9(])(?:(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])[48]00-?[0-9]{3}-?[0-9]{4}(?![0-9])"
        r"|(?<![0-9])\(?0[0-9]{2,3}\)? ?[-–—] ?[0-9]{7,8}(?:[-–—转][0-9]{1,6})?(?![0-9]))")),
    Fixed("contact", "编话真线号机Q", regex(r"(?=[邮电传热微Q账手])(?:(?:邮政编码|邮编)(?:为|是)?[:： ]*[0-9]{6}(?![0-9])|(?:电话|传真|热线|微信号|QQ|账号|手机)(?:号码|号)?(?:为|是)?[:： ]*[0-9][0-9 -]{4,}[0-9])")),
    Fixed("document", "号", regex(
        rf"(?=[〔\[(【第0-9{CHARACTERS}])(?:[〔\[(【] ?(?:19|20)[0-9]{{2}} ?[〕\])】] ?第? ?[0-9]+ ?号|第 ?(?:[0-9]+|{CN}{{1,6}}) ?号"
        rf"|(?:[0-9]+|{CN}{{1,6}}) ?号(?=令|文|公告|通知|函|[)）〕,，。、》]|$))")),
)  # fmt: skip
PLACES: tuple[Fixed, ...] = (
    Fixed("name", "号栋幢层室元楼", regex(r"[0-9]+ ?(?:号楼|号院|号线|号|栋|幢|层|室|单元|楼)(?!次)")),
    Fixed("article", "第", regex(
        rf"第 ?(?:{_ORDER}) ?[条款项章编目](?:之[一二三四五六七八九十])?(?: ?第? ?[(（]? ?(?:{_ORDER}) ?[)）]? ?[条款项目])*(?:(?:至|到|、|和|-|—) ?第? ?[(（]? ?(?:{_ORDER}) ?[)）]? ?[条款项目])*"
        rf"|第 ?[(（] ?(?:{_ORDER}) ?[)）] ?[条款项目]")),
    Fixed("ordinal", "第", regex(rf"第 ?(?:[0-9]+|{CNS})")),
    Fixed("time", ":时点", regex(r"(?=[0-9上下早晚中凌])(?:(?<![0-9:])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])|(?:上午|下午|早上|晚上|晚|早|中午|凌晨) ?(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3}) ?[时点](?:[0-9]{1,2}分|半|整)?)")),
    Fixed("list", ".、)是要则为", regex(
        rf"(?=[0-9一二三四五六七八九十(])(?:(?:^|(?<=[\s。;:,、！？!?”》）)]))(?:[0-9]{{1,2}}[.、](?![0-9])|[0-9]{{1,2}}\)|{_CN_SHORT}、|{_CN_SHORT}(?:是|要|则|为(?![0-9])))"
        rf"|\((?:{_CN_SHORT}|[0-9]{{1,2}})\))")),
    Fixed("name", "0123456789", regex(r"(?=[0-9A-Za-z])(?:[0-9]*[A-Za-z][A-Za-z0-9.]*[0-9][A-Za-z0-9]*(?:\.[0-9]+)?|(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?:[A-Za-z]|\+)[A-Za-z0-9+]*|(?<![0-9])[0-9]\.0(?=[\u4e00-\u9fff])|(?<![0-9.])[0-9]+(?:\.[0-9]+)?版)")),
)  # fmt: skip


def _alternatives(words: tuple[str, ...]) -> str:
    """The words as alternatives, longest first; single characters as one set, which compiles in a fraction of the time."""
    longer = sorted((word for word in words if len(word) > 1), key=lambda word: -len(word))
    return "|".join([*map(re.escape, longer), f"[{''.join(word for word in words if len(word) == 1)}]"])


_COUNTS = _alternatives(units().counts)
_LOOSE = _alternatives(units().loose)
_DURATIONS = _alternatives(units().durations)
_MORE = "[余多来几]"
_AROUND = r"(?: ?(?P<around>左右|上下)| ?(?P<above>以上|及以上)| ?(?P<below>以下|以内|之内))?"

_FIRST = f"(?=[0-9{CHARACTERS}两半几数好上成过近大翻倍若−-])"
QUANTITY = regex(
    _FIRST
    + "(?:"
    + "|".join(
        (
            rf"(?P<pct>{_START}[-−]?{NUM} ?(?:[-–—~～至到] ?(?P<pct_high>{NUM}))?) ?(?P<pct_sign>[%‰]|个?百分点)(?P<pct_more>以上)?",
            rf"(?P<cpct>百分之(?P<cpct_n>{CNS}(?:点{CNS})?|{NUM}))(?P<cpct_more>以上|多)?",
            rf"(?P<cpoint>{CNS}(?:点{CNS})?个百分点)",
            rf"(?P<frac>(?P<frac_d>{_DIGIT}|十)分之(?P<frac_n>{_DIGIT}))",
            rf"(?P<cheng>(?P<cheng_a>(?<!{CN}){_DIGIT}|{_START}[0-9])成(?P<cheng_b>{_DIGIT}|半)?(?P<cheng_more>以上|多)?(?![立员果功为不套品本交长绩就因份分效型]))",
            r"(?P<half>(?<![0-9])(?:过半数?|近半数?|一半|半数|大半)(?P<half_more>以上)?)",
            rf"(?P<fan>翻(?:了|了近|近)?(?P<fan_n>{_DIGIT}|几|[0-9])番|翻倍|翻一倍|倍增|成倍)",
            rf"(?P<bei>(?P<bei_n>{_START}{NUM}|{CNS}|几|数)(?P<bei_more>[余多])?倍)",
            rf"(?P<range>{_START}(?P<r_low>{NUM})(?P<r_low_scale>{_SCALE}){_DASH}(?P<r_high>{NUM})(?P<r_scale>{_SCALE}) ?(?P<r_unit>{_COUNTS}|{_LOOSE}|{_DURATIONS}))",
            rf"(?P<crange>(?<!{CN})(?P<cr_low>{CNS})[至到](?P<cr_high>{CNS}) ?(?P<cr_unit>{_COUNTS}|{_DURATIONS}))",
            rf"(?P<num>{_START}(?P<n>{NUM})(?P<n_scale>{_SCALE})) ?(?P<n_more>{_MORE})? ?(?:(?P<n_long>{_DURATIONS})(?![度内]?报)|(?P<n_unit>{_COUNTS}|{_LOOSE}))?(?P<n_more2>[余多](?!{_COUNTS}|[0-9]|{CN}))?{_AROUND}",
            rf"(?P<vague>(?:[数几好]+|成|上)(?:[十百千万亿]+)(?P<v_more>余|多)? ?(?P<v_unit>{_COUNTS}|{_DURATIONS})?|(?<![0-9{CHARACTERS}])(?:好?几|若干|十几)(?P<v_unit2>{_COUNTS}|{_DURATIONS}|十[余多]?(?:{_COUNTS})))",
            rf"(?P<cn>(?P<c>{CNS}(?:点{CNS})?)(?P<c_more>{_MORE})? ?(?:(?P<c_unit>{_COUNTS})|(?P<c_long>{_DURATIONS})(?![度内]?报)))(?P<c_around>左右|上下)?(?P<c_above>以上)?",
            rf"(?P<cmore>(?P<cm>{CNS})(?P<cm_more>余|多)(?![元次]?[一-龥]?化))",
        )
    )
    + ")"
)


_ONE = Decimal(1)
_SIGNED = regex(f"[-−]?{NUM}")


class Reading(NamedTuple):
    """What a match of `QUANTITY` says, in the terms of `Numeral`; `number_end` in folded offsets."""

    value: Decimal | None
    kind: Any
    number_end: int
    approx: Any = ""
    unit: str = ""
    step: Decimal = Decimal(1)
    high: Decimal | None = None
    chinese: bool = False


NOTHING = Reading(None, "count", 0)  # of what is no quantity


def step_of(number: str) -> Decimal:
    """The value of the last printed place: 3,119 → 1, 51.85 → 0.01."""
    if "." not in number:
        return _ONE
    return _ONE.scaleb(-len(number.partition(".")[2].strip()))


def _arabic(number: str) -> Decimal:
    return Decimal(number if number.isdigit() else number.replace(",", "").replace(" ", "").replace("−", "-"))


def _chinese(number: str) -> Decimal | None:
    return parse_chinese(number.replace("两", "二"))


def _scale(word: str | None) -> int:
    value = 1
    for char in word.strip() if word else "":
        value *= {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}[char]
    return value


def read(match: re.Match[str]) -> Reading | None:
    """The reading of a matched quantity, or None where the characters are no number after all."""
    reading: Reading | None = _READERS[_FORMS[match.lastindex or 0]](match)
    return reading


def bare(number: str) -> Reading:
    """The reading of a numeral that stands without a measure word."""
    if number[0].isdigit():
        return Reading(_arabic(number), "count", 0, step=step_of(number))
    return Reading(_chinese(number), "count", 0, chinese=True)


def _percent(match: re.Match[str]) -> Reading:
    low = match["pct"].split("%")[0]
    first = _SIGNED.match(low)
    number = first.group() if first else low
    value = _arabic(number)
    points = match["pct_sign"].endswith("点")
    if match["pct_sign"] == "‰":
        value /= 10
    high = _arabic(match["pct_high"]) if match["pct_high"] else None
    return Reading(
        value,
        "points" if points else "percent",
        match.end("pct"),
        "over" if match["pct_more"] else "",
        "个百分点" if points else "%",
        step_of(number),
        high,
    )


def _spelled_percent(match: re.Match[str]) -> Reading:
    number = match["cpct_n"]
    value = _arabic(number) if number[0].isdigit() else _chinese(number)
    step = step_of(number.replace("点", "."))
    return Reading(value, "percent", match.end("cpct"), "over" if match["cpct_more"] else "", "%", step, chinese=True)


def _spelled_points(match: re.Match[str]) -> Reading:
    number = match["cpoint"].removesuffix("个百分点")
    return Reading(_chinese(number), "points", match.end(), "", "个百分点", step_of(number.replace("点", ".")), chinese=True)


_LOOSELY = Decimal(2)  # 三分之二 is said of 65 % as well


def _fraction(match: re.Match[str]) -> Reading | None:
    lower, upper = _chinese(match["frac_d"]), _chinese(match["frac_n"])
    if not lower or upper is None:
        return None
    return Reading((upper * 100 / lower).quantize(Decimal("0.01")), "percent", match.end(), "about", "%", _LOOSELY, chinese=True)


def _cheng(match: re.Match[str]) -> Reading | None:
    tens = _chinese(match["cheng_a"]) if not match["cheng_a"].isdigit() else Decimal(match["cheng_a"])
    ones = Decimal(5) if match["cheng_b"] == "半" else _chinese(match["cheng_b"]) if match["cheng_b"] else Decimal(0)
    if tens is None or ones is None:
        return None
    step = Decimal(1) if match["cheng_b"] else Decimal(10)
    return Reading(tens * 10 + ones, "percent", match.end(), "over" if match["cheng_more"] else "", "%", step, chinese=True)


def _half(match: re.Match[str]) -> Reading:
    word = match["half"]
    approx = "over" if word.startswith(("过", "大")) or match["half_more"] else "under" if word.startswith("近") else ""
    return Reading(Decimal(50), "percent", match.end(), approx, "%", Decimal(10), chinese=True)


def _doubling(match: re.Match[str]) -> Reading:
    times = match["fan_n"]
    count = None if times == "几" else Decimal(times) if times and times.isdigit() else _chinese(times) if times else Decimal(1)
    value = None if count is None or match["fan"] in ("倍增", "成倍") else Decimal(2) ** int(count)
    return Reading(value, "multiple", match.end(), "vague" if value is None else "", "番", chinese=True)


def _multiple(match: re.Match[str]) -> Reading:
    number = match["bei_n"]
    value = _arabic(number) if number[0].isdigit() else _chinese(number)
    step = step_of(number) if number[0].isdigit() else Decimal(1)
    approx = "over" if match["bei_more"] else "vague" if value is None else ""
    return Reading(value, "multiple", match.end("bei_n"), approx, "倍", step, chinese=not number[0].isdigit())


def _range(match: re.Match[str]) -> Reading:
    scale = _scale(match["r_scale"])
    low_scale = _scale(match["r_low_scale"]) if match["r_low_scale"].strip() else scale
    unit = match["r_unit"]
    return Reading(
        _arabic(match["r_low"]) * low_scale,
        "duration" if unit in units().durations else "range",
        match.end("r_scale"),
        "",
        unit,
        step_of(match["r_high"]) * scale,
        _arabic(match["r_high"]) * scale,
    )


def _chinese_range(match: re.Match[str]) -> Reading:
    unit = match["cr_unit"]
    kind = "duration" if unit in units().durations else "range"
    return Reading(_chinese(match["cr_low"]), kind, match.end("cr_high"), "", unit, Decimal(1), _chinese(match["cr_high"]), chinese=True)


def _number(match: re.Match[str]) -> Reading:
    scale = _scale(match["n_scale"])
    more = match["n_more"] or match["n_more2"]
    approx = "over" if more or match["above"] else "about" if match["around"] else "under" if match["below"] else ""
    unit = match["n_long"] or match["n_unit"] or ""
    step = step_of(match["n"]) * scale
    return Reading(_arabic(match["n"]) * scale, "duration" if match["n_long"] else "count", match.end("num"), approx, unit, step)


def _vague(match: re.Match[str]) -> Reading:
    word = match.group()
    value = _chinese(word[1]) if word[0] == "上" and len(word) > 1 else Decimal(10) if word.startswith("十几") else None
    unit = match["v_unit"] or match["v_unit2"] or ""
    return Reading(value, "count", match.end(), "over" if value is not None else "vague", unit.lstrip("十余多"), chinese=True)


def _chinese_number(match: re.Match[str]) -> Reading | None:
    value = _chinese(match["c"])
    more = match["c_more"]
    if value is None and len(match["c"]) != 2:
        return None
    approx = "over" if more or match["c_above"] else "about" if match["c_around"] else "vague" if value is None else ""
    return Reading(
        value, "duration" if match["c_long"] else "count", match.end("c"), approx, match["c_unit"] or match["c_long"], chinese=True
    )


def _chinese_more(match: re.Match[str]) -> Reading | None:
    value = _chinese(match["cm"])
    if value is None or value < 10:
        return None
    return Reading(value, "count", match.end("cm"), "over", chinese=True)


_READERS: dict[str, Any] = {
    "pct": _percent, "cpct": _spelled_percent, "cpoint": _spelled_points, "frac": _fraction, "cheng": _cheng, "half": _half, "fan": _doubling,
    "bei": _multiple, "range": _range, "crange": _chinese_range, "num": _number, "vague": _vague, "cn": _chinese_number, "cmore": _chinese_more,
}  # fmt: skip
# The form by the group of `QUANTITY` that was closed last: the first group of a form bears its name, those of its parts follow it.
_FORMS: tuple[str, ...] = tuple(accumulate(("", *QUANTITY.groupindex), lambda form, group: group if group in _READERS else form))
