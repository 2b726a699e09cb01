"""The guide inside the product: every file listed, every link arriving, nothing of an author's HTML let through, nothing asked of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.problems import RuleBroken
from kycuong.orgs.roles import ROLES
from kycuong.site.directions import CHAPTERS, FOR_ROLES
from kycuong.site.directions.sections import SECTIONS, section_of
from kycuong.site.guide import FOR_EVERYBODY, INDEX, guide, names
from kycuong.site.guide.languages import is_english
from kycuong.site.guide.writing import GUIDES, ROOT, drifted, html_of, sources
from tests.desk import Desk

pytestmark = pytest.mark.look
HERE = ROOT / GUIDES / "account.md"
LABEL = re.compile(r"«([^»]+)»")


class Read(HTMLParser):
    """Tags and attributes of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, name: str) -> list[str]:
        return [given[name] for _tag, given in self.tags if name in given]


def address_of(name: str) -> str:
    return "/help/guide/" if name == INDEX else f"/help/guide/{name}/"


def links(name: str) -> Iterator[str]:
    """Where a guide leads inside the product, from the root of the server."""
    for href in Read(guide(name).body).of("href"):
        if not href.startswith(("https://", "/static/")):
            yield urljoin(address_of(name), href)


def test_the_pages_are_what_the_markdown_says() -> None:
    assert [path.name for path in drifted()] == [], "run `just docs`"
    assert names() == set(sources())


def test_a_picture_that_is_missing_breaks_no_page_that_only_leads_to_its_guide(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(path: str) -> str:
        raise ValueError(path)

    monkeypatch.setattr("kycuong.site.guide.static", missing)
    guide.cache_clear()
    client.force_login(desk.people["aggregator"])
    assert "/help/guide/aggregator/#" in client.get("/figures/").content.decode()
    guide.cache_clear()


def test_every_guide_is_listed() -> None:
    listed = {urlsplit(one).path for one in links(INDEX)}
    assert {address_of(name) for name in names() - {INDEX}} - listed == set()


@pytest.mark.parametrize("name", sorted(names()))
def test_a_guide_is_whole(name: str) -> None:
    found = guide(name)
    read = Read(found.body)
    assert found.heading.vi
    assert found.heading.en, "a title in English, after “ · ”"
    assert found.heading.depth == 1
    assert "<h1" not in found.body
    ids = read.of("id")
    assert len(ids) == len(set(ids)) == len(found.sections)
    assert [one for one in links(name) if not arrives(one)] == []
    pictures = [given for tag, given in read.tags if tag == "img"]
    assert [one for one in pictures if not finders.find(one["src"].removeprefix("/static/"))] == []
    assert all(one["alt"] and one["width"] and one["height"] and one["loading"] == "lazy" for one in pictures)


def arrives(address: str) -> bool:
    parts = urlsplit(address)
    name = unquote(parts.path).removeprefix("/help/guide/").strip("/") or INDEX
    anchors = {one.anchor for one in guide(name).sections} | {""} if name in names() else set()
    return unquote(parts.fragment) in anchors


def test_every_label_of_a_guide_is_a_word_of_the_product() -> None:
    """Stories press them on the screen (tests/browser/test_guide_*, most of them with --long); a label that was renamed is seen here."""
    said = words_of_the_product()
    told = {source: LABEL.findall(source.read_text(encoding="utf-8")) for source in (ROOT / GUIDES).glob("*.md")}
    assert sum(map(len, told.values())) > 200
    assert [
        f"{source.name}: {label}" for source, labels in told.items() for label in labels if spaced(label) not in said
    ] == []


def words_of_the_product() -> str:
    """All that stands in its sources, without the pages that are made from the guides."""
    files = (file for kind in ("py", "html", "js", "json", "csv") for file in (ROOT / "kycuong").rglob(f"*.{kind}"))
    return spaced(" ".join(file.read_text(encoding="utf-8") for file in files))


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_no_picture_lies_there_for_nothing() -> None:
    shown = {Path(one).name for name in names() for one in Read(guide(name).body).of("src")}
    kept = {path.name for path in (ROOT / "kycuong" / "site" / "static" / "guide").iterdir()}
    assert kept - shown == set()


def test_help_leads_to_parts_that_there_are() -> None:
    for where in SECTIONS:
        name, _mark, anchor = where.partition("#")
        assert guide(name).section(anchor), where
    pages = [name for chapter in CHAPTERS for name in chapter.pages]
    used = {"#".join(section_of(page)) for page in pages}
    assert set(SECTIONS) - used == set(), "no page leads there any more"
    assert all(guide(name) for chapter in CHAPTERS for name in chapter.guides)


def test_every_role_has_a_guide_of_its_own() -> None:
    assert set(FOR_ROLES) == set(ROLES)
    first = [guides[0] for guides in FOR_ROLES.values()]
    assert len(first) == len(set(first)), "two roles begin with the same guide"
    assert {one for guides in FOR_ROLES.values() for one in guides} <= names()


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(FOR_ROLES))
def test_the_page_of_help_begins_with_the_guides_of_ones_role(desk: Desk, client: Client, role: str) -> None:
    client.force_login(desk.people[role])
    before, _chapters, _rest = client.get("/help/").content.decode().partition('id="own"')
    told = before.partition("Viết cho vai trò của bạn:")[2]
    assert re.findall(r'href="/help/guide/([\w-]+)/"', told) == list(FOR_ROLES[role])


BAD = {
    "raw": "<script>go()</script>\n\n<img src=x onerror=go()>\n\nOne <b onclick=go()>word</b>",
    "script": "[one](javascript:go()) and [two](JaVaScRiPt:go()) and <javascript:go()>",
    "data": "[one](data:text/html;base64,PHNjcmlwdD4=)",
    "encoded": "[one](&#106;avascript:go()) and [two](vbscript:go())",
    "heading": "# One\n\n## Two <img src=x onerror=go()> · Three <script>go()</script>\n\n| <i>a</i> |\n| --- |\n| <svg onload=go()> |",
    "words": '[a "><script>](account.md) and ![x" onerror="go()](../../kycuong/site/static/guide/account-app.webp)',
}


@pytest.mark.parametrize("name", BAD)
def test_what_an_author_writes_is_no_html(name: str) -> None:
    read = Read(html_of(BAD[name], HERE))
    assert {tag for tag, _given in read.tags} <= {
        *("a", "code", "h1", "h2", "p", "img", "span", "div", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert {given for _tag, attrs in read.tags for given in attrs if given.startswith("on")} == set()
    assert [one for one in [*read.of("href"), *read.of("src")] if ":" in one and not one.startswith("static:")] == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[one](no-such.md)",
            "![one](images/none.webp)",
            "![one](data:image/png;base64,AAAA)",
            "![one](//x.example/a.png)",
        ),
        *("[one](http://x.example/)", "[one](/etc/passwd)", "[one](../../../outside.md)", "[one](//x.example/)"),
    ],
)
def test_a_link_that_leads_nowhere_or_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        html_of(text, HERE)


def test_links_are_those_of_the_product() -> None:
    text = html_of(
        "[a](connect.md#lấy-khóa) [b](../glossary.md) [c](README.md) [d](../adr/README.md) [e](https://x.example/)",
        HERE,
    )
    assert [unquote(one) for one in Read(text).of("href")] == [
        *("../connect/#lấy-khóa", "../glossary/", "../", "https://x.example/"),
    ]
    assert "d (<code>docs/adr/README.md</code>)" in text


def test_english_lines_are_marked() -> None:
    assert is_english("Everybody may read «Công khai» in Kỷ Cương.")
    assert not is_english("Mọi người đọc được.")
    assert not is_english("`./run tick`")
    assert not is_english("CC BY 4.0")
    assert not is_english("![Bảng từ](../../kycuong/site/static/guide/account-app.webp)")
    assert not is_english("TM., KT., TL., TUQ., Q.")
    assert is_english("one decision may cover several units (NĐ 217/2025/NĐ-CP)")


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("Khóa hiện một lần. (Keys are shown once.)", 'một lần. <span lang="en">(Keys are shown once.)</span></p>'),
        (
            "Một. (`kc_` begins (as “Khóa” does) every\n[key](account.md).)",
            '<span lang="en">(<code>kc_</code> begins (as',
        ),
        ("Cả hai (đúng như thế) đều được (it is so).", 'đều được <span lang="en">(it is so)</span>.</p>'),
        ("- Only this line of a list", '<li><span lang="en">Only this line of a list</span></li>'),
        ("Only this paragraph of a guide", '<p lang="en">Only this paragraph of a guide</p>'),
        ("| Là gì (what it is) |\n| --- |", 'Là gì <span lang="en">(what it is)</span></th>'),
        ("Ký thay (TM., KT., TL., TUQ., Q.) thì ghi rõ.", "Ký thay (TM., KT., TL., TUQ., Q.) thì"),
        (
            "Bấm. (Press “Khóa” in Kỷ Cương now.)",
            'Press <span lang="vi">“Khóa”</span> in <span lang="vi">Kỷ Cương</span> now.)',
        ),
        ("Press «Lưu & gửi» and go on", '<p lang="en">Press <span lang="vi">«Lưu &amp; gửi»</span> and go on</p>'),
        ("Chưa đóng (it is so, và ) còn (một nửa", "<p>Chưa đóng (it is so, và ) còn (một nửa</p>"),
        ("Xem [ở đây (one of many](account.md) rồi thôi) nhé.", "(one of many</a> rồi thôi) nhé.</p>"),
    ],
    ids=[
        "sentence",
        "nested",
        "second",
        "list",
        "paragraph",
        "cell",
        "signs",
        "label",
        "label in a paragraph",
        "open",
        "link",
    ],
)
def test_english_in_brackets_is_marked_where_it_stands(line: str, made: str) -> None:
    text = html_of(line, HERE)
    assert made in text
    assert text.count("<span") == text.count("</span>")


def test_a_bracket_of_two_lines_is_closed_where_it_ends() -> None:
    text = html_of("Một. (It is told in two\nlines, [here](account.md), and `./run` too.) Hai.", HERE)
    assert text.endswith("and <code>./run</code> too.)</span> Hai.</p>\n")


@pytest.mark.django_db
def test_a_guide_asks_the_database_nothing_of_its_own(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many questions as a page that holds nothing but its frame."""
    client.force_login(desk.people["unit_head"])
    client.get("/help/")
    monkeypatch.setattr("kycuong.site.help.chapters", lambda _request: [])
    asked = {}
    for path in ("/help/", "/help/guide/", "/help/guide/unit_head/", "/help/guide/glossary/", "/help/guide/account/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked[path] = len(queries)
    assert set(asked.values()) == {asked["/help/"]}, asked


@pytest.mark.django_db
def test_who_cannot_sign_in_reads_the_guide_on_accounts_and_no_other(client: Client) -> None:
    text = client.get(f"/help/guide/{FOR_EVERYBODY}/").content.decode()
    assert 'id="khi-bị-khóa"' in text
    assert 'href="/help/guide/account/"' in client.get("/sign-in/").content.decode()
    for path in ("/help/guide/", "/help/guide/connect/"):
        assert client.get(path).headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["README", "no-such", "account.md", "..%2faccount"])
def test_what_is_no_guide_is_not_found(desk: Desk, client: Client, name: str) -> None:
    client.force_login(desk.people["unit_head"])
    answer = client.get(f"/help/guide/{name}/")
    assert answer.status_code == 404


@pytest.mark.django_db
def test_the_frame_speaks_the_language_and_the_guide_its_own(desk: Desk, client: Client) -> None:
    client.force_login(desk.people["unit_head"])
    client.post("/ui/language/", {"language": "en"})
    text = client.get("/help/guide/account/").content.decode()
    assert "<h1>Your account’s security</h1>" in re.sub(r"\s*(</?h1>)\s*", r"\1", text)
    assert '<article class="card guide-text" lang="vi">' in text
    assert '<a href="#đọc-bằng-tiếng-anh--pages-in-english" lang="en">Pages in English</a>' in text
    assert '<a href="#khi-bị-khóa" lang="vi">' in text
