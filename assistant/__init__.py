"""年报助手: fills, checks, drafts and compares the yearly 政府信息公开工作年度报告."""

__version__ = "0.1.0"
