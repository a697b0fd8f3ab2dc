"""Tasks that read: the page around them, its cookies and its storage."""

import pytest
from playwright.sync_api import Page

from kempelen.domain.models import User
from tests.contract.containment.attacks import GOT, REFUSED, probe, without_the_sandbox
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

READS = {
    "the page around": "parent.document.title",
    "the page around, by its top": "top.document.body.innerHTML",
    "the token against forgery": "parent.document.querySelector('meta[name=csrf-token]').content",
    "the frame's element": "frameElement.outerHTML",
    "the address around": "parent.location.href",
    "writing around": "parent.document.body.appendChild(parent.document.createElement('p')).tagName",
    "cookies around": "parent.document.cookie",
    # Our runtime stands in for cookies: ask the browser's own.
    "cookies": "Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document)",
    "local storage around": "parent.localStorage",
    "session storage around": "top.sessionStorage",
    "databases": "new Promise((done, fail) => { const r = indexedDB.open('x');"
    " r.onsuccess = () => done('open'); r.onerror = fail; })",
    "caches": "caches.open('x')",
    "the file system": "navigator.storage.getDirectory()",
    "the way here": "parent.navigation.entries().length",
}


def test_nothing_of_ours_can_be_read(page: Page, site: Server, victim: User) -> None:
    assert probe(page, site, READS, victim) == dict.fromkeys(READS, REFUSED)


def test_without_the_sandbox_all_of_it_could(page: Page, site: Server, victim: User) -> None:
    without_the_sandbox(page)

    assert probe(page, site, READS, victim) == dict.fromkeys(READS, GOT)
