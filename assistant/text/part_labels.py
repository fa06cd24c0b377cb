"""What the labels of the numbers in a list of parts say: that they divide a whole, name kinds of one thing, or count no parts at all."""

from __future__ import annotations

import re

from assistant.expressions import regex
from assistant.text.lexicon import complements
from assistant.text.mentions import Mention

_REST = regex(r"其他|其它|其余|剩余|余下")
_NEGATED = regex(r"[不未非无没]有?|已经?|尚")
_COMPARED = regex(r"(?:比|较|同比|环比|净)[^,]*(?:增加|减少|增长|下降|多|少|增|减)(?:了)?$|^(?:同比|环比|净)(?:增|减)")
_TREATED = regex(
    r"被[^,]*(?:采用|采纳|转载|转发|录用|刊发|刊登|刊用|报道)|采用|录用|点击|阅读|浏览|访问|播放|观看|点赞|评论|关注|下载|收听|覆盖"
)
_BESIDE = ("且", "并且", "同时")
_EACH = regex(r"(?P<names>.+[、和与及].+?)各(?:为|有)?$")
_OTHER_ACT = regex(
    r"^(?:回复|答复|办理|受理|收到|处理|办结|召开|举办|开展|组织|接待|新?开设|新?开通|发布解读|制定|制发|印发|推送|清理|整改|删除|修订|废止|结转)"
)


def label_of(mention: Mention) -> str:
    """The words that tell what a number counts, before it or, where none stand there, behind it: 12件线上申请."""
    left = bare(mention.left)
    return left or mention.right


def bare(label: str) -> str:
    """A label without the words that only join it to the list."""
    return re.sub(r"^(?:[和与及]|其中|主要|包括|包含|分为|分别为?)+|(共|共计|为|约|各|的)+$", "", label)


def is_rest(mention: Mention) -> bool:
    """Whether a number counts what is left: 其他4条."""
    return bool(_REST.search(mention.left))


def no_part(mention: Mention) -> bool:
    """Whether a number counts what became of some (被采用, 点击), tells a change (比上年多9条) or another side of the same (且1件)."""
    return mention.left.startswith(_BESIDE) or bool(_COMPARED.search(mention.left) or _TREATED.search(mention.left))


def times(mention: Mention) -> int:
    """How often a number counts: 不予处理、其他处理各3件 are six."""
    each = _EACH.search(mention.left)
    return len(re.split("[、和与及]", each["names"])) if each else 1


def other_act(mention: Mention) -> bool:
    """Whether a number may count another matter: 回复留言11件 behind channels of publication."""
    return bool(_OTHER_ACT.match(bare(mention.left)))


def divide(labels: list[str]) -> bool:
    """Whether the labels divide a whole: known to do so (线上, 线下), or one denies what the other says (属于, 不属于)."""
    if complements().divide(labels):
        return True
    if len(labels) != 2 or labels[0] == labels[1]:
        return False
    denied = [_NEGATED.sub("", label) for label in labels]
    return len(denied[0]) > 1 and denied[0] == denied[1]


def kinds(labels: list[str]) -> bool:
    """Whether three labels or more name kinds of one thing: 文字类, 图解类, 视频类."""
    return complements().kinds(labels)


def shared(labels: list[str]) -> bool:
    """Whether the labels are kinds of one thing: they differ and end in the same word (市级文件, 县区级文件), or are short and begin or end
    alike (线上, 线下; 市级, 县级)."""
    if divide(labels):
        return True
    if len(labels) < 2 or len(set(labels)) < len(labels) or not all(labels) or complements().kinds(labels):
        return False  # 政策类, 动态类, 公告类 may be some kinds of many
    if all(len(label) > 2 for label in labels) and len({label[-2:] for label in labels}) == 1:
        return True
    return all(2 <= len(label) <= 3 for label in labels) and (
        len({label[-1] for label in labels}) == 1 or len({label[0] for label in labels}) == 1
    )
