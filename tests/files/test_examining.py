"""What is taken, by its content; what is refused, and with which sentence; what is left of a photo in its copies."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from kycuong.core.problems import BadInput
from kycuong.files.rules import REFUSALS, shown_name
from kycuong.files.store import examine
from tests.photos import CAMERA, TAKEN, flood, jpeg, pdf, png, saved, webp


def test_a_photo_is_taken_apart_from_what_it_tells() -> None:
    found = examine(jpeg(3000, 2000), "../../IMG_0001.HEIC")
    assert (found.kind, found.width, found.height, found.name) == ("jpeg", 3000, 2000, "IMG_0001.HEIC")
    assert (found.taken_at, found.camera) == (TAKEN, f"Hang Thu {CAMERA}")
    assert (found.latitude, found.longitude) == ("21.850000", "106.760000")
    for copy, most in ((found.shown, 1600), (found.thumbnail, 320)):
        image = Image.open(io.BytesIO(copy))
        assert max(image.size) == most
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & image.info.keys()
        assert CAMERA.encode() not in copy
        assert b"bi mat" not in copy


def test_a_photo_taken_upright_is_shown_upright() -> None:
    found = examine(jpeg(640, 480, orientation=6), "a.jpg")
    assert (found.width, found.height) == (480, 640)
    assert Image.open(io.BytesIO(found.shown)).size == (480, 640)


@pytest.mark.parametrize(("data", "kind"), [(png(), "png"), (webp(), "webp"), (pdf(), "pdf")])
def test_other_kinds_are_taken_by_content_whatever_the_name(data: bytes, kind: str) -> None:
    found = examine(data, "anh.exe")
    assert found.kind == kind
    assert (found.taken_at, found.camera, found.latitude) == ("", "", None)
    assert bool(found.shown) is (kind != "pdf")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "a" * 100)
    return out.getvalue()


def moving() -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


BAD: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "empty"),
    ("words", b"Khong phai anh", "kind"),
    ("a page", b"<!DOCTYPE html><script>alert(1)</script>", "kind"),
    ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    ("an archive", archive(), "kind"),
    ("a gif", saved(Image.new("P", (9, 9)), "GIF"), "kind"),
    ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "heic"),
    ("a photo with an archive behind it", jpeg() + archive(), "two_kinds"),
    ("a document with an archive behind it", pdf() + archive() + b"%%EOF", "two_kinds"),
    ("a photo with a document in its head", jpeg()[:20] + b"%PDF-1.4" + jpeg()[20:], "two_kinds"),
    ("a photo with a page in its head", jpeg()[:20] + b"<script>alert(1)</script>" + jpeg()[20:], "two_kinds"),
    ("half a photo", jpeg()[: len(jpeg()) // 2], "truncated"),
    ("the head of a photo", jpeg()[:24], "truncated"),
    ("half a png", png(400, 400)[:90], "truncated"),
    ("half a document", pdf()[:-8], "truncated"),
    ("pictures that move", moving(), "moving"),
]


@pytest.mark.parametrize(("data", "reason"), [pytest.param(data, why, id=name) for name, data, why in BAD])
def test_what_is_not_taken_is_told_why(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        examine(data, "anh.jpg")
    assert (refused.value.vi, refused.value.en) == REFUSALS[reason]
    assert refused.value.errors[0]["field"] == "file"


def test_a_flood_of_pixels_is_refused_before_it_is_decoded() -> None:
    assert len(flood()) < 1000
    with pytest.raises(BadInput, match="50 triệu điểm ảnh"):
        examine(flood(), "a.png")
    with pytest.raises(BadInput, match="50 triệu điểm ảnh"):
        examine(flood(9000, 6000), "a.png")


def test_limits_are_settings(settings: pytest.FixtureRequest) -> None:
    settings.FILE_BYTES = 1024**2  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="quá 1 MB"):
        examine(pdf("x" * 1024**2), "a.pdf")
    settings.PHOTO_PIXELS = 10**6  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="1 triệu điểm ảnh"):
        examine(jpeg(1300, 900), "a.jpg")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ảnh trụ sở.jpg", "Ảnh trụ sở.jpg"),
        ("../../etc/passwd", "etc passwd"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie: x.jpg"),
        ("\x00", "tệp"),
        ("anh\u202egpj.exe", "anh gpj.exe"),
        ("x" * 5000 + ".jpg", "x" * 116 + ".jpg"),
        ("", "tệp"),
    ],
)
def test_a_name_is_only_ever_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown
