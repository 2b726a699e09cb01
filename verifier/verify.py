#!/usr/bin/env python3
"""Kiểm chứng nhật ký của Kỷ Cương mà không cần Kỷ Cương. / Verify a log of Kỷ Cương without Kỷ Cương.

    python3 verify.py FOLDER [NOTE.txt …] [--key KEY]

FOLDER: what `./run audit export FOLDER` wrote. NOTE: checkpoints kept elsewhere (printed, mailed, on a phone), one a file.
KEY: the public key of the log as you know it from elsewhere; without it that of the folder is believed.
Exit code 0: sound; 1: something was changed, dropped, added or put in another order; each is one line.

It shares no code with the server and needs nothing but Python. What it checks: every entry has its number; every body is the
one to which its entry is bound (HMAC-SHA256); erased ones are told by a later entry; the tree (RFC 9162 §2.1) has, at the size of
each checkpoint, the root that was signed (Ed25519, RFC 8032; notes as C2SP writes them); every row of the tables is as its last
entry says.
"""

import base64
import hashlib
import hmac
import json
import os
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
MEMBERS = {"v", "seq", "ts", "actor", "op", "verb", "model", "pk", "c"}


def point(data):
    """RFC 8032 §5.1.3: the point of its 32 bytes, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    found = (0, 1, 1, 0)
    while n:
        if n & 1:
            found = add(found, p)
        p, n = add(p, p), n >> 1
    return found


BASE = point(bytes.fromhex("5866666666666666666666666666666666666666666666666666666666666666"))


def signed(public, text, signature):
    """RFC 8032 §5.1.7."""
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    x, y = times(s, BASE), add(r, times(k, a))
    return (x[0] * y[2] - y[0] * x[2]) % P == 0 and (x[1] * y[2] - y[1] * x[2]) % P == 0


def unpacked(text):
    """Base64 in its one spelling."""
    try:
        data = base64.b64decode(text)
    except ValueError:
        return b""
    return data if base64.b64encode(data).decode() == text else b""


def opened(note, keys):
    """(size, root) of a note that one of the keys signed, or None."""
    text, _, lines = note.replace("\r\n", "\n").strip().partition("\n\n")
    for line in lines.split("\n"):
        for key in keys:
            name, tag, data = key.split("+", 2)
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "—" or parts[1] != name:
                continue
            blob = unpacked(parts[2])
            if blob[:4].hex() == tag and signed(base64.b64decode(data)[1:], (text + "\n").encode(), blob[4:]):
                _origin, size, root = text.split("\n")
                return int(size), unpacked(root)
    return None


def root_of(peaks):
    root = peaks[-1][1] if peaks else hashlib.sha256(b"").digest()
    for _height, peak in reversed(peaks[:-1]):
        root = hashlib.sha256(b"\x01" + peak + root).digest()
    return root


def bound(told, meta):
    """What is wrong with the body of an entry, or nothing."""
    if "body" not in told or told["body"] is None:
        return ""
    salt = bytes.fromhex(told["salt"])
    found = hmac.new(salt, told["body"].encode(), "sha256").hexdigest()
    return (
        ""
        if hmac.compare_digest(found, meta["c"]) and salt.hex() == told["salt"]
        else "its body is not the one it is bound to"
    )


def read_log(path, roots):
    """Walk the log once: faults, the last body of each row, the size; `roots`: size → roots that were signed."""
    faults, last, erased, size, peaks, parts = [], {}, {}, 0, [], None
    for told in lines_of(path):
        meta, parts = json.loads(told["meta"]), parts or set(told)
        if set(told) != parts or parts not in ({"meta"}, {"meta", "salt", "body"}):
            faults.append(f"entry {size}: not told as the others are")
        if set(meta) != MEMBERS or meta["v"] != 1 or meta["seq"] != size:
            faults.append(f"entry {size}: not in its place, or not of format 1")
        leaf, height = hashlib.sha256(b"\x00" + told["meta"].encode()).digest(), 0
        while peaks and peaks[-1][0] == height:
            leaf, height = hashlib.sha256(b"\x01" + peaks.pop()[1] + leaf).digest(), height + 1
        peaks.append((height, leaf))
        wrong, row = bound(told, meta), (meta.get("model"), meta.get("pk"))
        if wrong:
            faults.append(f"entry {size}: {wrong}")
        if meta.get("op") == "erase":
            erased.pop(row, None)
        elif "body" in told and told["body"] is None:
            erased[row] = size
        last[row] = (meta.get("op"), json.loads(told["body"])["row"] if told.get("body") else None)
        size += 1
        for root, source in roots.pop(size, ()):
            if root != root_of(peaks):
                faults.append(f"rewritten: the first {size} entries are not those of {source}")
    faults += [f"entry {seq}: erased, and no later entry says so" for seq in erased.values()]
    faults += [f"cut: {one[1]} knows {at} entries, here are {size}" for at in sorted(roots) for one in roots[at]]
    return faults, last, size


def read_rows(path, last):
    """Every row of the tables beside its last entry."""
    missing = {row for row, (op, _values) in last.items() if op != "delete"}
    for told in lines_of(path):
        row = (told["model"], told["key"])
        op, values = last.get(row, ("delete", None))
        if op == "delete":
            yield f"{' '.join(row)}: in its table, not in the log"
        elif values is not None and values != told["row"]:
            yield f"{' '.join(row)}: not as its last entry says"
        missing.discard(row)
    for row in sorted(missing):
        yield f"{' '.join(row)}: in the log, not in its table"


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def read(*place):
    with open(os.path.join(*place), encoding="utf-8") as file:
        return file.read()


def main(arguments):
    keys, paths = [], []
    while arguments:
        one = arguments.pop(0)
        (keys if one == "--key" and arguments else paths).append(
            arguments.pop(0) if one == "--key" and arguments else one
        )
    if not paths:
        sys.exit(__doc__)
    folder, roots, faults = paths[0], {}, []
    keys = keys or read(folder, "keys.txt").split()
    notes = [note for note in read(folder, "checkpoints.txt").split("\n\f\n") if note.strip()]
    given = [(note, f"checkpoint {n} of the folder") for n, note in enumerate(notes, 1)]
    given += [(read(path), path) for path in paths[1:]]
    for note, source in given:
        found = opened(note, keys)
        if found is None:
            faults.append(f"{source}: not signed by this log")
        else:
            roots.setdefault(found[0], []).append((found[1], source))
    try:
        more, last, size = read_log(os.path.join(folder, "log.jsonl"), roots)
        rows = os.path.join(folder, "rows.jsonl")
        faults += [*more, *(read_rows(rows, last) if os.path.exists(rows) else [])]
    except (ValueError, KeyError, TypeError) as error:
        faults.append(f"unreadable: {type(error).__name__}: {error}")
    print("\n".join(faults) if faults else f"sound: {size} entries, {len(given)} checkpoints")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
