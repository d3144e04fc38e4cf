"""The bodies of the requests we send (RFC 4918 9.1, RFC 6578 3.2, RFC 4791 7.8 and 7.9). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
SERVER = "{http://calendarserver.org/ns/}"

ETAG, CTAG, TOKEN = f"{DAV}getetag", f"{SERVER}getctag", f"{DAV}sync-token"
DATA = f"{CALDAV}calendar-data"
XML = {"Content-Type": 'application/xml; charset="utf-8"'}
HERE = {"Depth": "0"} | XML
MEMBERS = {"Depth": "1"} | XML


def propfind(*names: str) -> bytes:
    """Asks for these properties."""
    root = ElementTree.Element(f"{DAV}propfind")
    _properties(root, names)
    return _text(root)


def sync_collection(token: str) -> bytes:
    """Asks for what changed since `token`."""
    root = ElementTree.Element(f"{DAV}sync-collection")
    ElementTree.SubElement(root, TOKEN).text = token
    ElementTree.SubElement(root, f"{DAV}sync-level").text = "1"
    _properties(root, [ETAG])
    return _text(root)


def multiget(hrefs: Sequence[str]) -> bytes:
    """Asks for the texts of these objects, by their paths."""
    root = ElementTree.Element(f"{CALDAV}calendar-multiget")
    _properties(root, [ETAG, DATA])
    for href in hrefs:
        ElementTree.SubElement(root, f"{DAV}href").text = urlsplit(href).path
    return _text(root)


def query(component: str) -> bytes:
    """Asks for the texts of all objects with such a component (RFC 4791 7.8)."""
    root = ElementTree.Element(f"{CALDAV}calendar-query")
    _properties(root, [ETAG, DATA])
    sought = ElementTree.SubElement(root, f"{CALDAV}filter")
    calendar = ElementTree.SubElement(sought, f"{CALDAV}comp-filter", name="VCALENDAR")
    ElementTree.SubElement(calendar, f"{CALDAV}comp-filter", name=component)
    return _text(root)


def _properties(root: ElementTree.Element, names: Sequence[str]) -> None:
    prop = ElementTree.SubElement(root, f"{DAV}prop")
    for name in names:
        ElementTree.SubElement(prop, name)


def _text(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))
