"""What stands on every page leads somewhere."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from clustergraph.web.site import FOOTER, NAVIGATION

LINKS = sorted({path for _, links in (("", NAVIGATION), *FOOTER) for path, _ in links})


@pytest.mark.parametrize("path", LINKS)
def test_link_of_the_navigation_and_of_the_foot_is_a_page(client: FlaskClient, path: str) -> None:
    address, _, fragment = path.partition("#")
    page = client.get(address, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert f'href="{path}"' in page.text
    assert not fragment or f'id="{fragment}"' in page.text
