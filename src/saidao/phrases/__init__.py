"""Finds fixed expressions without a dictionary, compares them between groups of documents, and follows their spread."""
