"""Arguments that tools share beside the filters of lists (see `taking`), with what an assistant must know about them."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp.types import CallToolResult, ToolAnnotations
from pydantic import Field

from saidao.assistant.answers import Answer

Several = str | list[str] | None

Page = Annotated[CallToolResult, Answer]
"""What a tool gives."""

READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Region = Annotated[
    Several, Field(description="Division by Chinese name, short or full, or by GB/T 2260 code: 湖南, 湖南省, 430000.")
]
Within = Annotated[str | None, Field(description="A division whose parts are meant: 湖南 for its cities.")]
Level = Annotated[
    Literal["central", "province", "prefecture", "county"] | None, Field(description="Administrative level.")
]
Year = Annotated[
    int | str | None,
    Field(description='Year of the report, 2026, or a span, "2024-2026". Reports of 2026 review 2025.'),
]
Type = Annotated[
    Several, Field(description="Kind of document: work_report, plan, opinion, notice, news …; see `codes`.")
]
Section = Annotated[
    Literal["review_year", "review_five_years", "outlook_five_years", "main_targets", "plan_year", "problems", "other"]
    | None,
    Field(description="Part of the report in which it stands."),
]
Limit = Annotated[int, Field(ge=1, le=100, description="Records of a page, 100 at most.")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="Records to pass over: `next_offset` of the last page.")]
