"""The reader's name across a photo that few may see, so that a copy that gets about tells whose it was."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from kycuong.core.vietnamese import without_accents

LEAST_LETTER, LETTERS_ACROSS = 11, 42
FAINT_INK, FAINT_EDGE = (255, 255, 255, 110), (0, 0, 0, 110)
QUALITY = 82


def marked(photo: bytes, words: str) -> bytes:
    """A JPEG of ours with the words over it, again and again, in letters that the built-in font has (no accents)."""
    with Image.open(BytesIO(photo)) as opened:
        shown = opened.convert("RGBA")
    size = max(LEAST_LETTER, shown.width // LETTERS_ACROSS)
    font = ImageFont.load_default(size)
    layer = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    draw, text = ImageDraw.Draw(layer), without_accents(words)
    step = max(1, int(draw.textlength(text, font=font)) + 2 * size)
    for row, top in enumerate(range(size, shown.height, 6 * size)):
        for left in range(-(row % 2) * step // 2, shown.width, step):
            draw.text((left, top), text, font=font, fill=FAINT_INK, stroke_width=1, stroke_fill=FAINT_EDGE)
    out = BytesIO()
    Image.alpha_composite(shown, layer).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
