"""Errors that stop one step and tell the user what to do.

A problem in the user's material is a `Finding` or a `Loss`, never an exception; an `AssistantError` says that a step
could not run at all. `message` says what is wrong and where, `hint` what to do; both are Chinese and shown as they are.
"""

from __future__ import annotations


class AssistantError(Exception):
    """A step could not run.

    `code` is stable and machine-readable (`kebab-case`), `message` and `hint` are Chinese sentences for the user.
    """

    code = "error"

    def __init__(self, message: str, hint: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message}{self.hint and '　' + self.hint}"


class UnreadableFile(AssistantError):
    """A file is missing, empty, damaged, encrypted, too large, hostile or of an unknown format."""

    code = "unreadable-file"


class NotAReport(AssistantError):
    """The file was read but holds no annual report."""

    code = "not-a-report"


class UnreadableRegister(AssistantError):
    """The register lacks a column that counting needs."""

    code = "unreadable-register"


class UnsupportedYear(AssistantError):
    """No edition of the form covers the report year."""

    code = "unsupported-year"


class ConflictingInput(AssistantError):
    """Two inputs claim the same place, for instance two reports of one unit and year."""

    code = "conflicting-input"


class InvalidData(AssistantError):
    """A data file (form, rule, corpus document, prompt, facts, settings) does not validate."""

    code = "invalid-data"


class ModelUnavailable(AssistantError):
    """The language model cannot be reached or did not answer usefully."""

    code = "model-unavailable"


class ExportRefused(AssistantError):
    """A report with unexplained errors may not be exported as final."""

    code = "export-refused"


class StoreTrouble(AssistantError):
    """A store (workspace database, vector index) cannot be opened or written."""

    code = "store-trouble"
