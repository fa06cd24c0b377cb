"""The corpus and its search: documents → passages, keyword index, vector index, fusion, and the library of imported texts.

Texts live in files (shipped) and in one SQLite file of the data directory (imported); every index is a build product of them.
"""
