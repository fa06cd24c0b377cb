"""Pure: tables and paragraphs out of plain text, however its lines were broken.

A table in plain text is a mixture of several runs of text: row labels in order, group labels left of them, header cells, and the values.
`streams` takes the mixture apart; `tables` builds printed tables from it, so that the same placing by label follows as for other formats.
Rows whose values cannot be told apart become one merged cell, which the placing reports.
"""
