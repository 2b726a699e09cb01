#!/usr/bin/env python3
"""Kiểm chứng nhật ký và biên nhận của Kỷ Cương mà không cần Kỷ Cương. / Verify a log or receipts of Kỷ Cương without it.

FOLDER is what `./run audit export FOLDER` wrote; a FILE is a checkpoint or a receipt that was kept elsewhere; KEY the public key of
the log as you know it from elsewhere, else that of FOLDER is believed. Exit code 0: sound, and the line says how far that reaches; 1: one line
for each fault; 2: it could not be checked to the end. Without FOLDER files are checked by themselves.

It shares no code with the server. Entries have their numbers; bodies are those to which entries are bound (HMAC-SHA256), erased ones
are told by a later entry; the tree (RFC 9162) has at the size of each checkpoint the root that was signed (Ed25519, C2SP notes), and
holds the entries of receipts (C2SP tlog-proof); every row of the tables is as its last entry says.
"""

import argparse
import base64
import hmac
import json
import sys
from functools import reduce
from hashlib import sha256, sha512
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
PROOF, SCANNED, BETWEEN = "c2sp.org/tlog-proof@v1", "kycuong-receipt@v1", "\n\f\n"
TOLD, DECODER = (("meta",), ("meta", "salt", "body")), json.JSONDecoder()
MEMBERS = "actor", "c", "model", "op", "pk", "seq", "ts", "v", "verb"


def point(data):
    """RFC 8032 §5.1.3: the point of its 32 bytes; ValueError when there is none."""
    sign, y = data[31] >> 7, int.from_bytes(data, "little") % 2**255
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if (x * x - xx) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or (x * x - xx) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    rest = times(n >> 1, add(p, p)) if n else (0, 1, 1, 0)
    return add(rest, p) if n & 1 else rest


def signed(public, text, signature):
    """RFC 8032 §5.1.7."""
    base, a, r = point(b"\x58" + b"\x66" * 31), point(public), point(signature[:32])
    s, digest = int.from_bytes(signature[32:], "little"), sha512(signature[:32] + public + text).digest()
    (x, y, z, _), (u, v, w, _) = times(s % L, base), add(r, times(int.from_bytes(digest, "little") % L, a))
    return len(signature) == 64 and s < L and (x * w - u * z) % P == 0 and (y * w - v * z) % P == 0


def unpacked(text, size=None):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text or size not in (None, len(data)):
        raise ValueError("another spelling of base64, or no hash of 32 bytes")
    return data


def opened(text, keys):
    """What a checkpoint or receipt says: ("root", size, hash), ("leaf", number, hash). ValueError if it does not hold."""
    proof, note = text.strip().split("\n\n", 1) if text.startswith((PROOF, SCANNED)) else ("", text.strip())
    told, _, lines = note.partition("\n\n")
    size, root = int(told.split("\n")[1]), unpacked(told.split("\n")[2], 32)
    for name, tag, key in (key.split("+", 2) for key in keys):
        for blob in (unpacked(line[len(name) + 3 :]) for line in lines.split("\n") if line.startswith(f"— {name} ")):
            if blob[:4].hex() == tag and signed(unpacked(key)[1:], f"{told}\n".encode(), blob[4:]):
                return [("root", size, root), *([entry_of(proof, size, root)] if proof else [])]
    raise ValueError("not signed by this log")


def entry_of(proof, size, root):
    kind, told, index, *path = proof.split("\n")
    data, number, path = told.partition(" ")[2], int(index.partition(" ")[2]), [unpacked(one, 32) for one in path]
    if kind == SCANNED and not path and 0 <= number < size:  # no room for the way to the root: the log itself tells
        return "leaf", number, unpacked(data, 32)
    leaf = sha256(b"\x00" + unpacked(data)).digest()
    if parsed(unpacked(data).decode())["seq"] != number or above(leaf, number, size, path) != root:
        raise ValueError("its entry is not in what was signed")
    return "leaf", number, leaf


def above(leaf, number, size, path):
    """RFC 9162 §2.1.3, from the top: the last of the path stands beside the half of the tree that holds the entry. ValueError: no path."""
    if not 0 <= number < size or (size == 1) != (not path):
        raise ValueError("its path is not one of that tree")
    if size == 1:
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    if number < half:
        return sha256(b"\x01" + above(leaf, number, half, path[:-1]) + path[-1]).digest()
    return sha256(b"\x01" + path[-1] + above(leaf, number - half, size - half, path[:-1])).digest()


def root_of(peaks):
    return reduce(lambda root, peak: sha256(b"\x01" + peak + root).digest(), (peak for _height, peak in peaks[::-1]))


def judged(strange, cut, size):
    """An entry that differs where the root signed with it agrees speaks against the receipt, not against the log."""
    guilty = {name for kind, _at, name in strange + cut if kind == "root"}
    words = "false: {2}: this log never gave it, entry {1} is another", "rewritten: {0} {1} is not that of {2}"
    faults = [words[one[2] in guilty].format(*one) for one in strange]
    return faults + [f"cut: {name} knows {kind} {at}, here are {size}" for kind, at, name in cut]


def read_log(path, claims, last, faults):
    """Walk the log once, tell its size and whether it has bodies. `claims`: ("root", size) or ("leaf", number) → what was signed or
    received, with its source; `last` is filled: row → what was done to it last, and the body."""
    erased, size, peaks, parts, strange = {}, 0, [], (), []
    for told in lines_of(path):
        meta, parts, body = parsed(told["meta"]), parts or tuple(told), told.get("body")
        if tuple(told) != parts or parts not in TOLD or tuple(meta) != MEMBERS or meta["v"] != 1 or meta["seq"] != size:
            faults.append(f"entry {size}: not in its place, or not of format 1, or not told as the others are")
        leaf, row = sha256(b"\x00" + told["meta"].encode()).digest(), (meta["model"], meta["pk"])
        salt, bond = bytes.fromhex(told.get("salt") or ""), (told.get("salt"), meta["c"])
        if body is not None and (salt.hex(), hmac.digest(salt, body.encode(), "sha256").hex()) != bond:
            faults.append(f"entry {size}: its body is not the one it is bound to")
        elif body is None and "body" in told:
            erased[row] = size
        if meta["op"] == "erase":
            erased.pop(row, None)
        strange += [("leaf", size, name) for said, name in claims.pop(("leaf", size), ()) if said != leaf]
        size, height = size + 1, 0
        while peaks and peaks[-1][0] == height:
            leaf, height = sha256(b"\x01" + peaks.pop()[1] + leaf).digest(), height + 1
        peaks.append((height, leaf))
        strange += [("root", size, name) for said, name in claims.pop(("root", size), ()) if said != root_of(peaks)]
        last[row] = meta["op"], body
    faults += [f"entry {seq}: erased, and no later entry says so" for seq in erased.values()]
    faults += judged(strange, [(*place, name) for place, left in claims.items() for _said, name in left], size)
    return size, "body" in parts


def read_rows(path, last, faults):
    """Every row of the tables beside its last entry."""
    missing = {row for row, (op, _body) in last.items() if op != "delete"}
    for told in lines_of(path):
        op, body = last.get(row := (told["model"], told["key"]), ("delete", None))
        missing.discard(row)
        if op == "delete":
            faults.append(f"{' '.join(row)}: in its table, not in the log")
        elif body is not None and not body.endswith(f',"row":{told["row"]}}}'):  # canonical JSON: one spelling
            faults.append(f"{' '.join(row)}: not as its last entry says")
    faults += [f"{' '.join(row)}: in the log, not in its table" for row in sorted(missing)]


def parsed(text):
    value, end = DECODER.raw_decode(text)  # json.loads takes twice as long
    return json.loads(text) if text[end:].strip() else value


def lines_of(path):
    with path.open(encoding="utf-8") as file:
        yield from map(parsed, file)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", metavar="FOLDER|FILE", type=Path)
    parser.add_argument("--key", action="append")
    given, claims, last, faults, about = parser.parse_args(arguments), {}, {}, [], ""
    folders = [*filter(Path.is_dir, given.places)]
    try:
        texts = [(str(path), path.read_text("utf-8").strip()) for path in given.places if path not in folders]
        if folders[1:] or not folders and (not given.key or any(text.startswith(SCANNED) for _name, text in texts)):
            parser.error("one FOLDER at most; without it FILE needs --key, and what was scanned says too little")
        keys = given.key or (folders[0] / "keys.txt").read_text("utf-8").split()
        for folder in folders:
            notes = filter(str.strip, (folder / "checkpoints.txt").read_text("utf-8").split(BETWEEN))
            texts += [(f"checkpoint {n} of the folder", note) for n, note in enumerate(notes, 1)]
        for name, text in texts:
            try:
                for kind, at, claimed in opened(text, keys):
                    claims.setdefault((kind, at), []).append((claimed, name))
            except (ValueError, LookupError, TypeError) as error:
                faults.append(f"{name}: {error}")
        two = [place for place, said in claims.items() if len({one for one, _name in said}) > 1]
        faults += [f"two histories: {place}" for place in two if place[0] == "root" or not folders]
        for folder in folders:
            reach = max(at for kind, at in [*claims, ("root", 0)] if kind == "root")
            faults += [] if reach else ["unsigned: no checkpoint of any entry was given: this could be any log"]
            size, bodies = read_log(folder / "log.jsonl", claims, last, faults)
            if bodies:
                read_rows(folder / "rows.jsonl", last, faults)
            about = f"{size} entries, signed up to {reach} of {size}; rows compared: {'yes' if bodies else 'no'}; "
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        print("\n".join([*faults, f"unreadable: {type(error).__name__}: {error}"]))
        return 2
    print("\n".join(faults) or f"sound: {about}{len(texts)} notes; key: {'given' if given.key else 'of the folder'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
