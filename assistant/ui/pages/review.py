"""对照上年: what to look at first, sections with redline, figures with outliers first, remarks and sign-off."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.redline import LEGEND
from assistant.ui.components.remarks import remarks_view
from assistant.ui.components.review import (
    cells_view,
    memo_view,
    problems_view,
    queue_view,
    redline_view,
    signoff_view,
    stage_banner,
    trend_view,
)
from assistant.ui.services import checked, require_report

found = require_report()
st.title("对照上年")
if found.saved.previous is None:
    st.info("没有上年报告。请先在“材料与填表”里给出。")
    st.stop()
stage_banner(found)
result = checked(found)
comparison = workflow.compare(found.saved.report, found.saved.previous, result.findings)
for note in comparison.notes:
    st.warning(note)

queue, sections, figures, years, sign = st.tabs(["先看这些", "文字对照", "数字对照", "历年走势", "批注与审签"])
with queue:
    queue_view(found, comparison)
    problems_view(comparison)
with sections:
    st.caption(LEGEND)
    for section in comparison.sections:
        if section.state != "neither":
            redline_view(section, result.findings)
with figures:
    cells_view(found, comparison)
with years:
    trend_view(found)
with sign:
    memo_view(found, comparison)
    remarks_view(found)
    signoff_view(found, result)
