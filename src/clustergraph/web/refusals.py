"""What is said to a request that cannot be read, and so comes before no view: a status, and words that help."""

from __future__ import annotations

from gunicorn.http import errors

#: Bytes of the longest first line of a request, which holds its address.
LONGEST_LINE = 8_190


def _refusal(status: str, words: str, *headers: str) -> bytes:
    body = f"{words}\n".encode()
    head = (
        f"HTTP/1.1 {status}",
        "Connection: close",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        *headers,
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


TIMEOUT = _refusal("408 Request Timeout", "The request was not whole in time; send it in one piece.")
TOO_LONG = _refusal(
    "431 Request Header Fields Too Large",
    "The head of the request is too long; send fewer or shorter headers, and a long query in the body, by POST.",
)
TOO_MANY = _refusal(
    "429 Too Many Requests",
    "This client has too many connections open; close some, and send one request after another over the same.",
    "Retry-After: 5",
)
BAD_LINE = _refusal(
    "400 Bad Request",
    "The first line of the request cannot be read: a method, an address and HTTP/1.1, with one blank between them. "
    "In an address, blanks and what is not ASCII stand percent-encoded, in UTF-8: %20, and %C8%99 for ș.",
)
BAD_HEAD = _refusal(
    "400 Bad Request", "The head of the request cannot be read; write headers as RFC 9112 has them, one a line."
)
LONG_LINE = _refusal(
    "414 URI Too Long",
    f"The address is longer than {LONGEST_LINE:,} bytes; send a long query in the body, by POST.",
)
#: What gunicorn finds wrong with a request -> what is said to it.
FOUND: dict[type[Exception], bytes] = {
    errors.InvalidRequestLine: BAD_LINE,
    errors.InvalidRequestMethod: BAD_LINE,
    errors.InvalidHTTPVersion: BAD_LINE,
    errors.InvalidHeader: BAD_HEAD,
    errors.InvalidHeaderName: BAD_HEAD,
    errors.ObsoleteFolding: BAD_HEAD,
    errors.LimitRequestLine: LONG_LINE,
    errors.LimitRequestHeaders: TOO_LONG,
}
