"""Whether a Word file that an office wants its papers made from is harmless and has its places: all faults, each in a sentence.

Runs in the limited process (child.py): the file may come from anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from docx.oxml.ns import qn

from .faint import faint_in
from .marks import Mark, bears_more, marks_in, whole
from .parts import BODY, Fault, Package, opened, strange_parts
from .places import LOOSE, MARK, PLACES, listed, nearest
from .profile import profile
from .seen import hides, is_seen, passed_over, trees_seen
from .word_styles import OURS

FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
"""Fields that only count pages; others fetch files, ask other programs, or change by themselves."""
BANNED = {
    **dict.fromkeys(("object", "control", "OLEObject", "altChunk", "subDoc"), "đối tượng hoặc tệp khác nhúng bên trong; hãy xóa đi"),
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), "thay đổi đang theo dõi; trong Word hãy chọn Xem lại → Chấp nhận tất cả thay đổi"),
    **dict.fromkeys(("commentReference", "commentRangeStart"), "nhận xét (comment); hãy xóa hết nhận xét"),
    "dataBinding": "ô nội dung gắn với dữ liệu cũ của tệp; hãy nhấn chuột phải vào ô → Xóa Điều khiển Nội dung",
    **dict.fromkeys(("mailMerge", "saveThroughXslt", "attachedSchema"), "nguồn trộn thư hoặc lược đồ ngoài; hãy bỏ liên kết ấy"),
}  # fmt: skip
"""Elements → what the file has and how it goes away."""
MOST = 20


class Unfit(Exception):
    """A kept file that would not be taken today."""


UNFIT = Fault(
    "Không lập thử được văn bản có phụ lục, hình, mã kiểm tra và dòng tên người đọc từ tệp này. Hãy bắt đầu lại từ «Tải mẫu chuẩn để sửa», "
    "hoặc mở tệp bằng Word rồi lưu lại dạng .docx.",
    "No paper with an annex, a drawing, a code and its reader's name can be made from the file. Begin with the standard form again.",
)


def vet(data: bytes, needs: Collection[str]) -> list[Fault]:
    """All of them; an empty list is a file that may be used."""
    package = opened(data)
    return list(dict.fromkeys([*_unsafe(package), *_faint(package), *_places(package, needs)]))[:MOST]


def ensure_still_fit(data: bytes) -> None:
    """A file that was taken long ago, by the rules of today; Unfit when they would not take it. What it shows is asked of what is made from it."""
    if any(True for _fault in _unsafe(opened(data))):
        raise Unfit


def _unsafe(package: Package) -> Iterator[Fault]:
    yield from strange_parts(package)
    yield from _links(package.trees)
    yield from _elements(package.trees)


def _faint(package: Package) -> Iterator[Fault]:
    styles = [style.name for key, style in profile().styles.items() if key not in (*OURS, "rule")]
    for one in faint_in(package, styles):
        yield Fault(
            f"Chữ «{one.text}» {one.vi}, in ra không đọc được. Hãy chọn chữ ấy (kiểu thì sửa ở Sửa đổi kiểu), đặt màu đen và cỡ từ 6 trở lên.",
            f"“{one.text}” is {one.en}: nobody reads it on paper. Make it black and at least 6 points.",
        )


def _links(read: dict[str, Any]) -> Iterator[Fault]:
    for name, root in read.items():
        for link in root.iter("{*}Relationship") if name.endswith(".rels") else ():
            if link.get("TargetMode", "").lower() == "external":
                yield _outside(link.get("Target", ""))
        for one in root.iter("*") if not name.endswith(".rels") else ():
            for key, value in one.attrib.items():
                if str(key).rsplit("}", 1)[-1] in ("src", "href") and ":" in value:
                    yield _outside(value)


def _outside(target: str) -> Fault:
    return Fault(
        f"Tệp có liên kết ra ngoài «{target[:80]}». Hãy bỏ liên kết (nhấn chuột phải → Xóa siêu kết nối; với mẫu đính kèm: gỡ mẫu) rồi lưu lại.",
        f"The file links to {target[:80]} outside itself. Remove the link.",
    )


def _elements(read: dict[str, Any]) -> Iterator[Fault]:
    for root in read.values():
        for one in root.iter("*"):
            if hides(one):
                yield _hidden(one)
            if told := BANNED.get(_local(one)):
                yield Fault(f"Tệp có {told}.", f"The file holds {_local(one)}, which is not taken.")
        for field in _fields(root):
            word = (field.split() or [""])[0].upper()
            if word not in FIELDS:
                yield Fault(
                    f"Tệp có trường tự động «{word[:30]}»; chỉ nhận số trang (PAGE, NUMPAGES). Hãy chọn trường ấy, nhấn Ctrl+Shift+F9 để đổi "
                    "thành chữ.",
                    f"The field {word[:30]} is not taken: only numbers of pages are.",
                )


def _hidden(one: Any) -> Fault:
    style = next(one.iterancestors(qn("w:style")), None)
    name = style.find(qn("w:name")) if style is not None else None
    shown = f" (kiểu «{name.get(qn('w:val'), '')[:60]}»)" if name is not None else ""
    return Fault(
        f"Tệp có chữ ẩn hoặc hàng bảng ẩn{shown}. Hãy chọn tất cả (Ctrl+A), mở Phông chữ (Ctrl+D), bỏ dấu «Ẩn»; kiểu thì sửa ở Sửa đổi kiểu.",
        "The file has hidden text or a hidden row. Show it: select all, Font, clear Hidden; a style under Modify Style.",
    )


def _local(one: Any) -> str:
    return str(one.tag).rpartition("}")[2]


def _fields(root: Any) -> Iterator[str]:
    """What each field is told to do, put together from its pieces; one may stand inside another."""
    open_ones: list[str] = []
    for one in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        if one.tag == qn("w:fldSimple"):
            yield one.get(qn("w:instr"), "")
        elif one.tag == qn("w:instrText"):
            open_ones = [*open_ones[:-1], (open_ones[-1] if open_ones else "") + (one.text or "")]
        elif one.get(qn("w:fldCharType")) == "begin":
            open_ones.append("")
        elif one.get(qn("w:fldCharType")) == "separate" or open_ones:
            ended = one.get(qn("w:fldCharType")) == "end"
            if open_ones and open_ones[-1].strip():
                yield open_ones[-1]
                open_ones[-1] = ""
            if ended:
                open_ones.pop()
    yield from (one for one in open_ones if one.strip())


def _places(package: Package, needs: Collection[str]) -> Iterator[Fault]:
    there: list[str] = []
    seen = trees_seen(package)
    for name, root in {BODY: package.trees[BODY], **package.edges()}.items():
        over = passed_over(root)
        for mark in marks_in(root):
            there += [mark.key] if any(root is one for one in seen) and is_seen(mark, over) else []
            yield from _misplaced(mark, name)
        yield from _loose(root)
    for key in sorted({key for key in there if key in PLACES and PLACES[key].block and there.count(key) > 1}):
        yield Fault(
            f"Chỗ điền {PLACES[key].mark} có nhiều lần; chỉ để một chỗ.", f"{PLACES[key].mark} stands more than once."
        )
    if missing := set(needs) - set(there):
        yield Fault(
            f"Mẫu thiếu chỗ điền {listed(missing)}. Hãy thêm vào thân văn bản hoặc vào đầu, chân của trang thứ nhất, đúng chữ trong ngoặc.",
            f"The file lacks {', '.join(sorted(missing))} in its body and in the top and foot of its first page.",
        )


def _misplaced(mark: Mark, name: str) -> Iterator[Fault]:
    place = PLACES.get(mark.key)
    shown = f"«{{{{{mark.typed[:60]}}}}}»"
    if place is None:
        meant = nearest(mark.key)
        help_vi = f"có lẽ là {meant}" if meant else "xem danh sách chỗ điền ở trang này"
        yield Fault(
            f"Chỗ điền {shown} không có trong hệ thống; {help_vi}.",
            f"{shown} is no known place; {meant or 'see the list'}.",
        )
    elif place.block and not (mark.alone and name == BODY):
        yield Fault(
            f"Chỗ điền {shown} phải đứng một mình trong một đoạn ở thân văn bản, không chung dòng với chữ khác, không ở đầu trang, chân trang.",
            f"{shown} needs a paragraph of its own in the body.",
        )
    elif place.block and bears_more(mark.paragraph):
        yield Fault(
            f"Có hình, hộp chữ, chú thích hoặc trường neo vào đoạn của chỗ điền {shown}, sẽ mất khi điền; hãy dời sang đoạn khác.",
            f"A drawing, box, note or field hangs on the paragraph of {shown} and would go with it. Move it to another.",
        )
    elif mark.key == "noi_dung" and mark.paragraph.getparent().tag != qn("w:body"):
        yield Fault(
            f"Chỗ điền {shown} không được nằm trong bảng hoặc khung; hãy đưa ra ngoài.",
            f"{shown} may not stand in a table.",
        )
    elif place.block and next(mark.paragraph.iterancestors(qn("w:txbxContent")), None) is not None:
        yield Fault(
            f"Chỗ điền {shown} không được nằm trong hộp chữ; hãy đưa ra ngoài.", f"{shown} may not stand in a text box."
        )


def _loose(root: Any) -> Iterator[Fault]:
    for paragraph in root.iter(qn("w:p")):
        rest = MARK.sub("", whole(paragraph))
        if found := LOOSE.search(rest):
            around = rest[max(0, found.start() - 10) : found.end() + 30].strip()
            yield Fault(
                f"Có dấu «{found[0]}» lẻ ở «{around}»: chỗ điền viết như {{{{noi_dung}}}}; mẫu không nhận câu lệnh.",
                f"A loose {found[0]} at “{around}”: places are written like {{{{noi_dung}}}}, commands are not taken.",
            )
