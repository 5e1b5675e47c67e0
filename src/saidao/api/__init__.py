"""The Python interface to a database: `open` it, ask the `Database`, take the answer as a `Frame`.

One module a kind of question: documents, statements and targets (`database`), terms (`vocabulary`), phrases
(`phrasebook`), industries, measures and carriers (`policybook`), matrices and profiles (`comparisons`), search
(`fulltext`).
"""

from saidao.api.database import Database, open
from saidao.api.frame import Frame

__all__ = ["Database", "Frame", "open"]
