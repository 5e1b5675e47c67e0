"""What stands before every answer: whom the server speaks to, what may be asked, and what a browser may do with it."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Scripts and styles come from the server's own files; nothing inline runs, nothing is fetched from elsewhere."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

LOOPBACK = ("127.0.0.1", "localhost", "::1")
METHODS = ("GET", "HEAD")
LONGEST = 8192
"""Bytes of an address at most."""


class Guard:
    """Checks the Host header (a page elsewhere must not reach the server under a name of its own), method and length.

    Args:
        app: what answers.
        hosts: names that the server goes by, without port; `*` for any.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(host.lower().strip("[]") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses to."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        headless = scope["method"] == "HEAD"
        if headless:  # what GET would answer, without its body
            scope = {**scope, "method": "GET"}

        async def guarded(message: Message) -> None:
            if headless and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = name_of(Headers(scope=scope).get("host", ""))
        if "*" not in self.hosts and host not in self.hosts:
            return PlainTextResponse("this server does not go by that name (--allow-host)\n", 421)
        if scope["method"] not in METHODS:
            return PlainTextResponse("only reading\n", 405, {"allow": ", ".join(METHODS)})
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST:
            return PlainTextResponse("the address is too long\n", 414)
        return None


def name_of(host: str) -> str:
    """The name in a Host header, without port and brackets: `[::1]:8000` is `::1`."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host
