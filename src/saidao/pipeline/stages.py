"""One candidate document through the stages: structure, find, check. Pure: the same raw gives the same entry."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from decimal import Decimal

from saidao.coding import code
from saidao.documents import Structured, structure
from saidao.errors import LexiconError, SaidaoError
from saidao.lexicon import Lexicon
from saidao.models import Batch, Context, Found, Raw, Reject, Section
from saidao.register import register
from saidao.statements import find
from saidao.store.entries import Entry, Rows, flatten, found_rows, role_at

PLACES = 12
LARGEST = Decimal(10) ** 26
"""Numbers are stored as DECIMAL(38, 12): 12 places behind the point, 26 before it."""


def process(raw: Raw, lexicon: Lexicon) -> Batch | Reject:
    """Everything that one candidate document yields, or why it is none."""
    structured = structure(raw, lexicon)
    if isinstance(structured, Reject):
        return structured
    batch = assemble(raw, structured)
    extract(batch, lexicon)
    return batch


def assemble(raw: Raw, structured: Structured) -> Batch:
    """The batch of a document whose statements have not been looked for yet."""
    return Batch(
        document=structured.document,
        raw=raw,
        sections=list(structured.sections),
        sentences=list(structured.sentences),
        found=Found(),
        images=list(structured.images),
        noise=list(structured.noise),
        notes=list(structured.notes),
    )


def extract(batch: Batch, lexicon: Lexicon) -> None:
    """Finds what the sentences of a batch hold."""
    batch.found = _found(batch.document.text, context_of(batch), lexicon)


def context_of(batch: Batch) -> Context:
    """What is known of a document before its text is read."""
    document = batch.document
    sections = tuple(batch.sections)
    return Context(document.issuer, document.type, document.year, document.region, sections, document.title)


def read(raw: Raw, lexicon: Lexicon, extractor: str, known: array[int]) -> Entry | Reject:
    """One candidate document, ready for the store; what was found in it is left out where it is known to be there.

    A defect of ours in one document must not end the build: it becomes a reject that names it.
    """
    try:
        structured = structure(raw, lexicon)
        if isinstance(structured, Reject):
            return structured
        batch = assemble(raw, structured)
        reading = reading_of(batch)
        extracted = not holds(known, int(reading, 16))
        digest = _hash(batch.document, structured.sections, structured.images, structured.noise, structured.notes)
        if extracted:
            extract(batch, lexicon)
        return flatten(batch, extractor=extractor, reading=reading, digest=digest, extracted=extracted)
    except LexiconError:
        raise  # a mistake in a data file is one of every document: it must be mended first
    except SaidaoError as error:
        return Reject(raw.source, "internal_check_failed", str(error))
    except Exception as error:
        return Reject(raw.source, "internal_error", f"{type(error).__name__}: {error}"[:500])


def found_in(entry: Entry, lexicon: Lexicon) -> dict[str, Rows]:
    """The rows of what an entry holds that was taken to be stored and is not."""
    document = entry.tables["documents"][0]
    sections = tuple(Section(start, end, role, title) for _, _, start, end, role, title in entry.tables["sections"])
    context = Context(document[2], document[6], document[7], document[5], sections, document[1])
    text = document[15]
    return found_rows(entry.document_id, text, _found(text, context, lexicon), entry.tables["sentences"], sections)


def reading_of(batch: Batch) -> str:
    """Hash of all that the extraction depends on: the text and the context."""
    return _hash(batch.document.id, context_of(batch))


def holds(known: array[int], reading: int) -> bool:
    """Whether a sorted array holds a reading."""
    at = bisect_left(known, reading)
    return at < len(known) and known[at] == reading


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _found(text: str, context: Context, lexicon: Lexicon) -> Found:
    statements = find(text, context, lexicon)
    for statement in statements:
        if not (_fits(statement.low) and _fits(statement.high)):
            # The quote stands; a rounded number would be a wrong one.
            statement.low = statement.high = None
        if statement.section is None:
            statement.section = role_at(context.sections, statement.start)
    codings = code(text, whole=False, type=context.type, sections=context.sections, lexicon=lexicon)
    return register(text, context, codings, statements, lexicon)


def _fits(number: Decimal | None) -> bool:
    if number is None:
        return True
    if not number.is_finite() or abs(number) >= LARGEST:
        return False
    _, digits, exponent = number.as_tuple()
    if int(exponent) >= -PLACES:
        return True
    trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return int(exponent) + trailing >= -PLACES
