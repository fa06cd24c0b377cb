"""Family N: the narrative against the tables and against itself."""
