"""The statutory form editions as validated data.

`load_form("2021")` gives a `Form`: sections, tables with official labels and synonyms, cell ids, identities, carry-over
relations and legal reference. `form_for_year(2024)` chooses the edition for a report year.
"""

from assistant.forms.layout import printed_grid
from assistant.forms.load import editions, form_for_year, load_form
from assistant.forms.model import (
    ColumnsTable,
    Form,
    Identity,
    LabelledColumn,
    LabelledRow,
    MatrixTable,
    SectionForm,
    StackedBlock,
    StackedTable,
)

__all__ = [
    "ColumnsTable",
    "Form",
    "Identity",
    "LabelledColumn",
    "LabelledRow",
    "MatrixTable",
    "SectionForm",
    "StackedBlock",
    "StackedTable",
    "editions",
    "form_for_year",
    "load_form",
    "printed_grid",
]
