"""How much a reader takes in before it refuses. Every bound of stage 1 stands here, with its reason.

Sizes are in bytes unless the name says characters. The longest reports known have 60,000 characters, 0.2 MB in UTF-8.
"""

from __future__ import annotations

MIB = 1024 * 1024

DOCUMENT_BYTES = 32 * MIB
"""A file that is one document and is read whole (Markdown, HTML, plain text). Parsed, it takes about ten times that."""

DOCUMENT_CHARACTERS = 8_000_000
"""The text of one document, from whatever format. More is a collection that lost its structure, or an attack."""

DATASET_BYTES = 256 * MIB
"""A JSON file, which is decoded as a whole. Larger collections belong in JSON Lines, CSV or Parquet, read row by row."""

LINE_CHARACTERS = 8_000_000
"""One line of a data set that is read line by line; the rest of a longer line is skipped, and the record rejected."""

FIELD_CHARACTERS = 8_000_000
"""One cell of a CSV; an unclosed quotation mark would otherwise take in the rest of the file."""

DATASET_ROWS = 20_000_000
"""Records of one data set. A column of one repeated value packs a billion rows into a kilobyte."""

DATASET_COLUMNS = 4_096
"""Columns of one data set."""

BROKEN_ROWS = 1_000
"""Broken records named one by one before a data set is given up: it is something else than its name says."""

PACKED_BYTES = 512 * MIB
"""A PDF or Office file. Scans and pictures make them large; of Office files only the text parts are unpacked."""

XML_BYTES = 64 * MIB
"""One XML part of a Word file, parsed as a tree of about ten times that size."""

SHEET_BYTES = 1024 * MIB
"""One sheet of a workbook, read row by row."""

SHARED_STRINGS_CHARACTERS = 128_000_000
"""All distinct strings of a workbook, which must stay in memory while its sheets are read."""

PDF_PAGES = 5_000
"""Pages of one PDF."""

PDF_STREAM_BYTES = 192 * MIB
"""One stream of a PDF unpacked, where its ratio is absurd; an empty page scanned at 600 dots an inch takes 100 MiB."""

MEMBER_BYTES = 2048 * MIB
"""One archive member unpacked; above `SPOOL_BYTES` it goes to a temporary file."""

SPOOL_BYTES = 32 * MIB
"""An archive member up to this size is unpacked in memory."""

RATIO = 250
"""Unpacked to packed size of an archive member. Chinese text packs 3 to 10 times, verbose XML up to 60 times."""

RATIO_FROM = 8 * MIB
"""The ratio counts only above this unpacked size; below, a bomb does no harm."""

ARCHIVE_MEMBERS = 200_000
"""Entries of one archive."""

ARCHIVE_DIRECTORY_BYTES = 64 * MIB
"""The archive's table of contents, which is held in memory."""

ARCHIVE_DEPTH = 3
"""Archives within archives."""

FOLDER_DEPTH = 100
"""Folders within folders."""

HTML_TAG_CHARACTERS = 20_000
"""From this length on, the attributes of a tag are counted before the page is parsed."""

HTML_ATTRIBUTES = 2_000
"""Attributes of one element; the parser takes time by the square of their number. Real ones stay below 50."""

FRONT_MATTER_CHARACTERS = 100_000
"""A YAML front matter. Aliases, which multiply a small one into a large one, are refused altogether."""

HTML_DEPTH = 400
"""Open elements within one another. Real pages stay below 100; the parser takes time by the square of the depth."""

NOISE_CHARACTERS = 2_000
"""What is kept of one piece of noise; scripts run to hundreds of kilobytes and nobody reads them here."""

SNIFF_BYTES = 8_192
"""What is looked at to tell a format."""

ENCODING_BYTES = 262_144
"""What is looked at to tell an encoding other than UTF-8."""

DETAIL_CHARACTERS = 300
"""The detail of a reject: names of columns, messages of libraries."""
