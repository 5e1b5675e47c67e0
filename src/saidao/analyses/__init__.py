"""Answers that put statements of several documents side by side: the yearly round-up and the ledger of promises.

They read a database and change nothing in it. Each cell of an answer rests on one statement, whose quote and place it
carries.
"""
