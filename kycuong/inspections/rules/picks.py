"""Choosing case files at random so that anybody can repeat it: the list, a seed of the server, and one hash for each file.

1. list_sha256 = SHA-256 of the codes, one a line, in the order of the list. A list of N files without codes is 1, 2, …, N.
2. The server draws the seed (32 random bytes) at the moment of choosing: nobody knows it before, and it stays on record.
3. The key of a code is HMAC-SHA-256(seed, list_sha256 + " " + code), in hexadecimal digits.
4. The n codes with the least keys are chosen.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import clean

MOST_LISTED, MOST_PICKED, LONGEST = 5000, 200, 80
LEAST = 10
"""Characters of a reason to choose again."""


def listed(codes: Sequence[str], size: int | None) -> list[str]:
    """The list that is chosen from, or BadInput."""
    found = [code for code in map(clean, codes) if code]
    if found and size is not None and size != len(found):
        raise _refusal("size", f"Danh sách có {len(found)} mã, không phải {size}. Hãy bỏ trống số hồ sơ, hoặc sửa danh sách.",
                       f"The list has {len(found)} codes, not {size}. Leave the number empty, or mend the list.")  # fmt: skip
    found = found or [str(place) for place in range(1, min(size or 0, MOST_LISTED + 1) + 1)]
    if not found:
        raise _refusal("size", "Hãy ghi tổng số hồ sơ, hoặc dán danh sách mã hồ sơ.",
                       "Give the number of case files, or paste the list of their codes.")  # fmt: skip
    if len(found) > MOST_LISTED:
        raise _refusal("codes" if codes else "size", f"Danh sách nhiều hơn {MOST_LISTED} hồ sơ. Hãy thu hẹp thời gian hoặc lĩnh vực.",
                       f"More than {MOST_LISTED} case files. Narrow the time or the field.")  # fmt: skip
    if any("\0" in code for code in found):
        raise _refusal("codes", "Danh sách có ký tự không đọc được. Hãy dán lại.", "The list holds the character NUL.")
    if any(len(code) > LONGEST for code in found):
        raise _refusal("codes", f"Có mã hồ sơ dài quá {LONGEST} ký tự. Mỗi dòng một mã.",
                       f"A code has more than {LONGEST} characters. Write one a line.")  # fmt: skip
    if twice := next((code for code, times in Counter(found).items() if times > 1), ""):
        raise _refusal(
            "codes", f"Mã {twice} có hai lần trong danh sách.", f"The code {twice} stands twice in the list."
        )
    return found


def ensure_number(number: int, *, of: int) -> None:
    """At least one, and no more than there are."""
    if not 1 <= number <= min(of, MOST_PICKED):
        raise _refusal("number", f"Số hồ sơ cần chọn phải từ 1 đến {min(of, MOST_PICKED)}.",
                       f"Choose between 1 and {min(of, MOST_PICKED)} case files.")  # fmt: skip


def ensure_reason_to_pick_again(earlier: int, reason: str) -> None:
    """Who chooses again until the result suits them leaves a trail: a reason, and every result."""
    if earlier and len(reason.strip()) < LEAST:
        raise _refusal("reason", f"Lượt này đã chọn ngẫu nhiên {earlier} lần. Hãy ghi lý do chọn thêm (ít nhất {LEAST} ký tự); "
                       "mọi lần đều được giữ và ghi vào biên bản.",
                       f"Case files were chosen {earlier} times at this visit. Give the reason to choose again, at least {LEAST} "
                       "characters; every choice is kept and stands in the minutes.")  # fmt: skip


def list_hash(codes: Sequence[str]) -> str:
    return sha256("\n".join(codes).encode()).hexdigest()


def pick(codes: Sequence[str], number: int, seed: str) -> list[str]:
    """The chosen codes, the least key first."""
    head = list_hash(codes)
    keys = sorted((hmac.digest(bytes.fromhex(seed), f"{head} {code}".encode(), "sha256").hex(), code) for code in codes)
    return [code for _, code in keys[:number]]


def _refusal(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[{"field": field, "vi": vi, "en": en}])
