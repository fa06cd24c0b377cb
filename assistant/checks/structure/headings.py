"""S005–S006: headings that differ from the form — by a slip of the pen, or altogether."""

from __future__ import annotations

from assistant.checks.context import CheckContext, heading_span
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.checks.structure.differences import Difference, bare, difference, unnumbered
from assistant.domain.finding import Finding, Outcome, ReplaceText, Span
from assistant.domain.report import Section
from assistant.forms import SectionForm
from assistant.text.marks import behind_number, mark_of

_SLIP = 3  # characters by which a slip of the pen may differ


def heading_slips(ctx: CheckContext) -> tuple[tuple[Section, SectionForm, Difference], ...]:
    """Headings that are neither the form's nor one of its accepted variants, with the difference to the nearest of them."""
    if "headings" not in ctx.memo:
        ctx.memo["headings"] = tuple(
            (section, form, slip)
            for section in ctx.report.sections
            for form in (ctx.form.section(section.id),)
            if (slip := _nearest(section.heading, form)) is not None
        )
    found_slips: tuple[tuple[Section, SectionForm, Difference], ...] = ctx.memo["headings"]
    return found_slips


def _nearest(heading: str, form: SectionForm) -> Difference | None:
    printed = bare(heading[mark_of(heading).end :])
    accepted = [bare(form.heading), *(bare(synonym) for synonym in form.synonyms)]
    if {printed, bare(behind_number(heading))} & {*accepted} or (
        "的的" not in printed and any(_differs_by_a_particle(printed, label) for label in accepted)
    ):
        return _moved_mark(heading, form)
    return min((difference(printed, label) for label in accepted), key=lambda slip: slip.distance)


def _moved_mark(heading: str, form: SectionForm) -> Difference | None:
    """A 、 that stands inside a word: 行政复议行、政诉讼."""
    printed, expected = ("".join(unnumbered(text).split()) for text in (heading, form.heading))
    if printed.count("、") != 1 or expected.count("、") != 1 or bare(printed) != bare(expected) or printed == expected:
        return None
    return difference(printed, expected) if abs(printed.index("、") - expected.index("、")) <= 2 else None


def _differs_by_a_particle(printed: str, label: str) -> bool:
    """存在主要问题及改进情况 for 存在的主要问题及改进情况, and the other way round."""
    return abs(len(printed) - len(label)) == 1 and printed.replace("的", "") == label.replace("的", "")


@rule("S005", "S006")
def headings(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Slips are S005; headings worded differently are S006."""
    slips = [_slip(ctx, section, form, slip) for section, form, slip in heading_slips(ctx) if slip.distance <= _SLIP]
    others = [
        found(
            ctx,
            "S006",
            f"标题“{section.heading}”与格式规定的“{form.printed}”不同。",
            span=heading_span(section.id, section.heading),
            expected=form.printed,
            actual=section.heading,
        )
        for section, form, slip in heading_slips(ctx)
        if slip.distance > _SLIP
    ]
    return judged("S005", slips, "headings") + judged("S006", others, "headings")


def _slip(ctx: CheckContext, section: Section, form: SectionForm, slip: Difference) -> Finding:
    also = [
        label
        for label in ctx.report.labels
        if label.match == "similar" and not label.key.startswith("section.") and slip.core[0] and slip.core[0] in label.printed
    ]
    in_table = f"表内“{also[0].printed}”同样有误。" if also else ""
    message = f"标题“{section.heading}”中{slip.words}。{in_table}"
    place = heading_span(section.id, section.heading)
    edits: tuple[ReplaceText, ...] = ()
    start = section.heading.find(slip.wrong)
    if start >= 0:
        place = Span(section=place.section, block=place.block, start=start, end=start + len(slip.wrong), text=slip.wrong)
        edits = (ReplaceText(span=place, new=slip.right),)
    return found(ctx, "S005", message, span=place, expected=slip.right, actual=slip.wrong, edits=edits)
