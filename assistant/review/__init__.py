"""Review: this year's report against last year's, what to look at first, trends, and the memo. Pure."""
