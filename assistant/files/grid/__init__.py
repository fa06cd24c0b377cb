"""Pure: from printed tables to statutory cells, by label over the merged-cell grid.

Keys of `PrintedLabel` that are produced here: `t2.block.<block>`, `t2.row.<row>`, `t2.column.<block>.<column>`, `t3.corner`, `t3.applicants`,
`t3.organisations`, `t3.group.<group>`, `t3.row.<row>`, `t3.column.<column>`, `t4.parent.<label>`, `t4.group.<group>`,
`t4.column.<group>.<column>`; headings (`section.<id>`) come from `assistant.files.sections`.
"""
