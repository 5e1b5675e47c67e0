"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Progress:
    """How far a build has come; handed to the `progress` function from time to time."""

    files: int = 0
    bytes: int = 0
    documents: int = 0
    statements: int = 0
    path: str = ""
    """The file that was finished last."""


@dataclass(slots=True)
class Summary:
    """What a build did, and what the database holds after it."""

    files_read: int = 0
    files_skipped: int = 0
    """Passed over because they were unchanged."""
    files_gone: list[str] = field(default_factory=list)
    """Read by an earlier build, below the paths given, and no longer there."""
    pruned: bool = False
    """Whether what was read from the files gone has been removed."""
    documents_new: int = 0
    documents_changed: int = 0
    documents_same: int = 0
    documents_removed: int = 0
    statements_written: int = 0
    documents: int = 0
    """In the database now."""
    statements: int = 0
    """In the database now."""
    rejects: dict[str, int] = field(default_factory=dict)
    """Inputs rejected by this build, by reason."""
    characters: int = 0
    """Characters of the documents read."""
    seconds: float = 0.0
    jobs: int = 1
    database: str = ""

    @property
    def characters_a_second(self) -> float:
        """Speed of the whole build."""
        return self.characters / self.seconds if self.seconds else 0.0
