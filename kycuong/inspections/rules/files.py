"""What a visit may carry of photos and files."""

from __future__ import annotations

from kycuong.core.problems import RuleBroken

MOST_FILES = 200
"""At one visit: more than that, nobody looks at."""
MB = 1024 * 1024


def ensure_room(*, files: int, used: int, more: int, most: int) -> None:
    """Neither too many nor too much at one visit."""
    if files >= MOST_FILES:
        raise RuleBroken(
            f"Lượt này đã có {files} ảnh, tệp. Hãy bỏ bớt những ảnh không cần trước.",
            en=f"This visit has {files} photos and files. Remove some that are not needed first.",
        )
    if used + more > most:
        raise RuleBroken(
            f"Ảnh, tệp của lượt này sẽ quá {most // MB} MB (đang có {used / MB:.0f} MB). Hãy bỏ bớt, hoặc giảm độ phân giải.",
            en=f"Photos and files of this visit would exceed {most // MB} MB ({used / MB:.0f} MB now). Remove some first.",
        )
