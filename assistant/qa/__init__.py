"""Questions about the regulation: article numbers, calculators, retrieval, a gate in code, cited sentences, and a check of what a model writes."""
