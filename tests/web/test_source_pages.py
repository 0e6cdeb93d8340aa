"""The pages of the sources, as they are drawn for whoever asks over HTTP."""

from __future__ import annotations

import httpx
import lxml.html
import pytest

from tests.shipped import LIBRARY


def drawn(client: httpx.Client, address: str, **query: str) -> lxml.html.HtmlElement:
    reply = client.get(address, params=query)
    assert reply.status_code == 200
    return lxml.html.document_fromstring(reply.text)


@pytest.mark.parametrize("document_id", LIBRARY.documents)
def test_every_entry_of_the_contents_leads_somewhere_and_back(
    client: httpx.Client, document_id: str
) -> None:
    page = drawn(client, f"/sources/{document_id}")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//*[@id='contents']//a/@href")
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert page.xpath("//*[@id='contents']//details//a")
    assert page.xpath("//article//a[@href='#contents']")
