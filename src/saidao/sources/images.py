"""The real address of a picture: lazily loaded attributes are read, proxies and shrunken variants looked through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

from saidao.models import Image

_LAZY = ("data-original", "data-src", "data-lazy-src", "data-lazyload", "data-lazy", "data-actualsrc", "data-original-src",
         "data-echo", "data-url", "data-srcset", "data-lazy-srcset")  # fmt: skip
_QUERY_WORDS = "url|u|src|image|img|uri|target"
_IN_QUERY = re.compile(
    rf"\?(?:(?:[^&#]*&)*?(?:{_QUERY_WORDS})=)?(https?(?::|%3[aA])(?:/|%2[fF]){{2}}[^\s]+)", re.IGNORECASE
)
_NAMED_QUERY = re.compile(rf"[?&](?:{_QUERY_WORDS})=https?", re.IGNORECASE)
_NOT_WEB = re.compile(r"(?i)^\s*(?:javascript|data|vbscript|blob|about|file):")
_NUMBER = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*$", re.IGNORECASE)
_STYLE_SIZE = re.compile(r"(?i)(?:^|;)\s*(width|height)\s*:\s*(\d{1,6})(?:\.\d+)?px")


def from_attributes(attributes: Mapping[str, str | None], base: str | None = None) -> Image | None:
    """The picture an `img` shows, with offset 0; None where it shows none (an inline placeholder, a script).

    Args:
        attributes: of the `img`, names in lower case.
        base: the page's own address, for relative ones.
    """
    given = ""
    for name in (*_LAZY, "src", "srcset"):
        value = (attributes.get(name) or "").strip()
        if value and name.endswith("srcset"):
            value = largest(value)
        if value and not _NOT_WEB.match(value):
            given = value
            break
    if not given:
        return None
    url = real_address(given, base)
    if url is None:
        return None
    seen = (attributes.get("src") or "").strip()
    as_given = seen if seen and not _NOT_WEB.match(seen) else given
    alt = " ".join((attributes.get("alt") or "").split()) or None
    return Image(
        url,
        0,
        _size(attributes, "width"),
        _size(attributes, "height"),
        alt,
        as_given if as_given != url else None,
    )


def real_address(address: str, base: str | None = None) -> str | None:
    """The address without the proxy in front of it, made absolute if the page's is known; None for a script.

    A proxy names the real address in its query, bare or percent-encoded: `https://p.example/?http://a.example/1.jpg`.
    """
    address = "".join(address.split())
    for _ in range(3):
        if _NOT_WEB.match(address) or not address:
            return None
        if address.startswith("//"):
            address = (base.split(":", 1)[0] if base and base.startswith("http") else "https") + ":" + address
        inner = _IN_QUERY.search(address)
        if inner is None:
            break
        found = inner.group(1)
        if (_NAMED_QUERY.search(address[: inner.start(1) + 4]) and "%" in found[:12]) or (
            _NAMED_QUERY.search(address[: inner.start(1) + 4]) and "?" not in found
        ):
            found = found.split("&", 1)[0]
        address = unquote(found) if re.match(r"(?i)https?%3a", found) else found
    if base and not re.match(r"(?i)https?:", address):
        try:
            address = urljoin(base, address)
        except ValueError:
            return address
    return address


def largest(srcset: str) -> str:
    """The address with the largest width or density in a `srcset`."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|//)", srcset):
        address, _, descriptor = candidate.strip().partition(" ")
        number = re.match(r"\s*(\d{1,6}(?:\.\d{1,3})?)[wx]", descriptor)
        size = float(number.group(1)) if number else 1.0
        if address and size > most:
            best, most = address, size
    return best


def _size(attributes: Mapping[str, str | None], name: str) -> int | None:
    for attribute in (f"data-{name}", f"data-original-{name}", name):
        number = _NUMBER.match(attributes.get(attribute) or "")
        if number and int(number.group(1)) > 0:
            return int(number.group(1))
    for key, value in _STYLE_SIZE.findall(attributes.get("style") or ""):
        if key.lower() == name:
            return int(value)
    return None
