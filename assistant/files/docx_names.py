"""Names of the elements of a Word file that the reader knows."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
P, P_LOOK, R, R_LOOK, T = (f"{W}{name}" for name in ("p", "pPr", "r", "rPr", "t"))
TABLE, ROW, ROW_LOOK, CELL, CELL_LOOK = (f"{W}{name}" for name in ("tbl", "tr", "trPr", "tc", "tcPr"))
VALUE = f"{W}val"
BOX = f"{W}txbxContent"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TRANSPARENT = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
"""What may stand around paragraphs, tables, rows and cells without changing them."""
