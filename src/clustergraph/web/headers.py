"""Headers on every answer: open to scripts of other sites, closed to anything a page could be made to load."""

from __future__ import annotations

from flask import Flask, Response, request

#: Nothing is loaded from another host, no script or style stands in a page (CSP Level 3).
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: The editor puts one style sheet into its page, always the same one, so that columns can be made wider (the package
#: column-resizer). Its hash lets in that one and no other.
EDITOR = "sparql.endpoint"
EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
FIXED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, ETag, Location, Content-Location",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def register(app: Flask) -> None:
    """Put the headers on every answer of an application, errors included."""
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    if request.endpoint == EDITOR:
        response.headers["Content-Security-Policy"] = EDITOR_POLICY
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    return _options(response) if request.method == "OPTIONS" and response.status_code == 200 else response


def _options(response: Response) -> Response:
    """204 with the methods of the address, in the words of HTTP and of CORS."""
    response.status_code = 204
    response.set_data(b"")
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
    response.headers.update(PREFLIGHT)
    return response
