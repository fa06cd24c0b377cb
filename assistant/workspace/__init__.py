"""The workspace: one SQLite file with reports, their versions, materials, decisions, comments, sign-offs and questions."""

from assistant.workspace.entries import Attachment, Comment, Decision, QuestionEntry, ReportEntry, Signoff, Stage, Version
from assistant.workspace.store import Workspace

__all__ = ["Attachment", "Comment", "Decision", "QuestionEntry", "ReportEntry", "Signoff", "Stage", "Version", "Workspace"]
