"""The server's application: pages, their files, the JSON interface, and what is answered when something is wrong."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import duckdb
from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException as StarletteException
from starlette.middleware.gzip import GZipMiddleware

from saidao.errors import SaidaoError, StoreError, UsageError
from saidao.web import api, guard
from saidao.web.holder import Holder
from saidao.web.pages import (
    document,
    documents,
    industries,
    ledger,
    measures,
    overview,
    phrases,
    series,
    statement,
    targets,
    terms,
)  # fmt: skip
from saidao.web.site import STATIC, Links, View, render
from saidao.web.words import WORDS, Words

PAGES: dict[str, ModuleType] = {
    "": overview, "targets": targets, "ledger": ledger, "series": series, "terms": terms, "phrases": phrases, "industries": industries, "measures": measures, "documents": documents,
}  # fmt: skip
KINDS = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
ABOUT = "What a Saidao database holds: statements, targets and results, terms and phrases, documents. Reading only."


def create(path: Path | str, *, hosts: Iterable[str] = guard.LOOPBACK, sql: bool = False) -> FastAPI:
    """The application over one database file.

    Args:
        path: the database; it is opened read-only, and again when another file takes its place.
        hosts: names that the server goes by.
        sql: whether queries in SQL are answered.

    Raises:
        DatabaseError: the file is missing, locked, damaged, or of another version.
    """
    holder = Holder(path)
    app = FastAPI(
        title="Saidao", version=version("saidao"), description=ABOUT, docs_url=None, redoc_url=None,
        redirect_slashes=False,
        openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.state.holder = holder
    app.include_router(api.router(holder, sql=sql))
    app.include_router(api.downloads(holder))
    for name, module in PAGES.items():
        _page(app, holder, f"/{{language}}/{name}", name, module.Question, module.TEMPLATE, module.values)
    _page(
        app, holder, "/{language}/part/phrases", "part/phrases", overview.Part, overview.PHRASES, overview.new_phrases
    )
    _page(app, holder, "/{language}/part/missed", "part/missed", overview.Part, overview.MISSED, overview.missed)
    _page(app, holder, "/{language}/documents/{id}", "documents", document.Question, document.TEMPLATE, document.values)
    _page(app, holder, "/{language}/statements/{id}", "statements", statement.Question, statement.TEMPLATE,
          statement.values)  # fmt: skip
    _plain_pages(app, holder)
    app.add_exception_handler(Exception, _handler(holder))
    for kind in (SaidaoError, StarletteException, RequestValidationError, duckdb.Error):
        app.add_exception_handler(kind, _handler(holder))
    app.add_middleware(GZipMiddleware, minimum_size=1500, compresslevel=4)
    app.add_middleware(guard.Guard, hosts=tuple(hosts))
    return app


def warm(app: FastAPI) -> None:
    """Makes the answers of the first page, so that whoever opens it first need not wait for them."""
    with contextlib.suppress(SaidaoError, duckdb.Error), app.state.holder.reading() as reading:
        view = View(reading, Words("zh"), Links("zh", "", ()), app.state.holder.path.name)
        overview.values(view, overview.Question())
        overview.missed(view, overview.Part())


def _page(
    app: FastAPI, holder: Holder, route: str, path: str, question: type, template: str, values: Callable[..., Any]
) -> None:
    """Adds a page: its question is checked, its values are asked for, its template filled."""
    single = route.endswith("{id}")

    def answer(request: Request, language: str, question: Any, id: str = "") -> Response:
        if language not in WORDS:
            raise HTTPException(404)
        if single:
            api.checked(id)
        with holder.reading() as reading:
            tag = _tag(request, reading.stamp)
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers={"etag": tag})
            own = f"{path}/{id}" if single else path
            view = View(
                reading, Words(language), Links(language, own, request.query_params.multi_items()), holder.path.name
            )

            def write() -> str:
                found = values(view, question, id) if single else values(view, question)
                return render(view, template, **found)

            try:
                html = reading.pages.get(f"{request.url.path}?{request.url.query}", write)
            except UsageError as error:
                raise HTTPException(404 if single else 400, _told(error, language)) from None
        return HTMLResponse(html, headers={"etag": tag, "cache-control": "no-cache"})

    answer.__annotations__ = {"request": Request, "language": str, "question": Annotated[question, Query()]}
    if single:
        answer.__annotations__["id"] = str
    app.add_api_route(route, answer, methods=["GET"], include_in_schema=False, name=route)


def _plain_pages(app: FastAPI, holder: Holder) -> None:
    def in_a_language(request: Request) -> Response:
        """The page in the reader's language: an address may be typed without one."""
        asked = request.headers.get("accept-language", "")
        language = "zh" if asked.lower().startswith("zh") or not asked else "en"
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{language}{request.url.path}{query}", 302)

    for name in PAGES:
        app.add_api_route(f"/{name}", in_a_language, include_in_schema=False)

    @app.get("/zh", include_in_schema=False)
    @app.get("/en", include_in_schema=False)
    def slash(request: Request) -> Response:
        return RedirectResponse(f"{request.url.path}/", 302)

    @app.get("/{language}/api", include_in_schema=False)
    def about(request: Request, language: str) -> Response:
        if language not in WORDS:
            raise HTTPException(404)
        with holder.reading() as reading:
            view = View(reading, Words(language), Links(language, "api", ()), holder.path.name)
            return HTMLResponse(render(view, "api.html", schema=app.openapi()))

    @app.get("/static/{version}/{name:path}", include_in_schema=False)
    def static(version: str, name: str) -> Response:
        content = FILES.get(name)
        if content is None:
            raise HTTPException(404)
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(content, media_type=KINDS[name[name.rindex(".") :]], headers=headers)

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(FILES["icon.svg"], media_type=KINDS[".svg"])


def _files() -> dict[str, bytes]:
    """The page's own files by name; nothing else is ever served as a file."""
    found = {}
    for folder, prefix in ((STATIC, ""), (STATIC / "vendor", "vendor/")):
        for file in folder.iterdir():
            if file.is_file() and "." in file.name and file.name[file.name.rindex(".") :] in KINDS:
                found[prefix + file.name] = file.read_bytes()
    return found


FILES = _files()


def _handler(holder: Holder) -> Callable[[Request, Exception], Response]:
    """Answers to what went wrong: JSON below /api, else a page."""

    def answer(request: Request, error: Exception) -> Response:
        first, _, rest = request.url.path.lstrip("/").partition("/")
        language = first if first in WORDS else "zh"
        status = _status(error)
        told = _told(error, language if first in WORDS else "en")
        if first == "api" or rest.startswith("download/") or first not in WORDS:
            return api.wrong(told, status)
        say = Words(language)
        view = View(None, say, Links(language, rest, ()), holder.path.name)  # type: ignore[arg-type]
        return HTMLResponse(render(view, "error.html", status=status, message=told), status)

    return answer


def _status(error: Exception) -> int:
    if isinstance(error, StarletteException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return 422
    return 503 if isinstance(error, StoreError | duckdb.Error) else 400 if isinstance(error, SaidaoError) else 500


def _told(error: Exception, language: str) -> str:
    if isinstance(error, SaidaoError):
        return error.text(language)
    if isinstance(error, RequestValidationError):
        return "; ".join(f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}" for each in error.errors())
    if isinstance(error, StarletteException):
        return str(error.detail)
    return Words(language)("web.error.inner")


def _tag(request: Request, stamp: Any) -> str:
    """A mark of the answer: it changes with the address, the file and the program."""
    said = f"{request.url.path}?{request.url.query} {stamp} {version('saidao')} {_CODE}"
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:20]}"'


_CODE = hashlib.sha256(b"".join(FILES[name] for name in sorted(FILES))).hexdigest()
