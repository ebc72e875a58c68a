"""The graph as tables: CSV with a description that programs read (CSVW), Parquet, and a workbook for spreadsheets.

A table is a query in ``sparql/tables/`` and its columns in :mod:`clustergraph.tables.columns`.
"""
