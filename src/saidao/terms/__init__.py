"""Counts terms in the documents of a database: any list of them, exactly, in one pass.

dictionary.py   what is counted: terms, their groups, the contexts that do not count
files.py        reads dictionaries from files and refuses their mistakes by line
matcher.py      text → hits with offsets
scope.py        which documents and sections are counted
reading.py      the documents as batches, with their sentences
tally.py        hits → measures of a cell
counting.py     all of it together: `count`, and `counts` for several splits in one pass
concordance.py  every hit in its line
"""

from saidao.terms.concordance import concordance
from saidao.terms.counting import Counts, count, counts
from saidao.terms.dictionary import Dictionary, DictionaryError, Term, of_words
from saidao.terms.files import load, read, shipped
from saidao.terms.matcher import Matcher
from saidao.terms.scope import Scope

__all__ = [
    "Counts",
    "Dictionary",
    "DictionaryError",
    "Matcher",
    "Scope",
    "Term",
    "concordance",
    "count",
    "counts",
    "load",
    "of_words",
    "read",
    "shipped",
]
