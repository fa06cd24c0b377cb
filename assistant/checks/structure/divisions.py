"""Administrative divisions by name (data/divisions.txt): which are above or below one another."""

from __future__ import annotations

from functools import cache

from assistant.checks.data_files import read
from assistant.expressions import regex

_NAME = regex(
    r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|自治旗|地区|[省盟县旗区]|(?<!城)市|州(?!市))"
)  # 城市管理局 names no place; 聊城市 is known
LONGEST = 15  # characters of the longest name


@cache
def divisions() -> dict[str, tuple[str, ...]]:
    """The codes of each name, without the zeros of what is not divided further: `35` 福建省, `3501` 福州市, `350128` 平潭县. Names occur several times."""
    codes: dict[str, list[str]] = {}
    for line in read("divisions.txt").splitlines():
        if line.startswith("#"):
            continue
        (code, name), counties = line.split()[:2], line.split()[2:]
        above = code[:2] if code.endswith("0000") else code[:4]
        for key, called in [(above, name), *((above + county[:2], county[2:]) for county in counties)]:
            codes.setdefault(called, []).append(key)
    return {name: tuple(found) for name, found in codes.items()}


def places_in(name: str) -> tuple[str, ...]:
    """The places that the name of a place or an organ begins with: 青山市云溪区水务局 → 青山市, 云溪区."""
    places, start = [], 0
    while place := _first_place(name[start : start + LONGEST]):
        places.append(place)
        start += len(place)
    return tuple(places)


def _first_place(name: str) -> str:
    """A known place where the name begins with one (徐州市, not 徐州), otherwise what ends like one."""
    ends = [end for end in range(2, len(name) + 1) if name[:end] in divisions()]
    match = _NAME.match(name)
    return name[: ends[0]] if ends else match.group() if match else ""


def known_places(name: str) -> frozenset[str]:
    """The codes of the last known division that is named anywhere in a name: 国家税务总局佛山市税务局 → 佛山市."""
    found: frozenset[str] = frozenset()
    for end in (place + 1 for place, char in enumerate(name) if char in "省市县区州盟旗"):
        called = next((name[start:end] for start in range(max(end - LONGEST, 0), end - 1) if name[start:end] in divisions()), "")
        found = frozenset(divisions().get(called, ())) or found
    return found


def codes_of(places: tuple[str, ...]) -> frozenset[str]:
    """The codes that the last of the places can have under those before it; of all its namesakes where those are not known."""
    known: frozenset[str] = frozenset()
    for place in places:
        mine = frozenset(divisions().get(place, ()))
        under = frozenset(code for code in mine if any(code.startswith(above) for above in known))
        known = under or mine
    return known


def namesakes(name: str) -> frozenset[str]:
    """The codes of divisions that share the proper name a unit begins with: 平潭综合实验区 lies where 平潭县 does."""
    return frozenset(code for length in (2, 3) for kind in "省市县区旗" for code in divisions().get(name[:length] + kind, ()))


def in_one_line(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a place of the one may lie in a place of the other, or the other way round."""
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)
