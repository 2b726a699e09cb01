#!/usr/bin/env python3
"""Check a published draw of Kỷ Cương: python3 verify_draw.py proof.json [the commitment that you noted beforehand]

Needs nothing but Python 3. Shares no code with the server. Ends with 0 and YES, or with 1 and NO and the reason.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from typing import Any


def text_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def mac(key: bytes, data: bytes) -> hmac.HMAC:
    return hmac.new(key, data, hashlib.sha256)


def fault_of(proof: dict[str, Any], noted: str = "") -> str:
    """Why the draw does not hold; empty when it does. First: is this what was committed to?"""
    if proof["algorithm"] != "kycuong-draw-1":
        return "another algorithm: get the script that belongs to it"
    nonce = bytes.fromhex(proof["nonce"])
    if len(nonce) != 32 or nonce.hex() != proof["nonce"]:
        return "the nonce is not 32 bytes"
    if noted and noted.strip().lower() != proof["commitment"]:
        return "this is not the commitment that was published beforehand"
    frame, spec = proof["frame"], proof["spec"]
    told = hashlib.sha256(b"kycuong-draw-1" + nonce + hashlib.sha256(text_of(frame)).digest() + text_of(spec))
    if told.hexdigest() != proof["commitment"]:
        return "nonce, list or rules are not those that were committed to"
    ids = [line[0] for line in frame["eligible"]]
    if len(set(ids)) != len(ids) or set(ids) & {line[0] for line in frame["excluded"]}:
        return "the list names somebody twice, or somebody who was excluded"
    if any(type(weight) is not int or weight < 1 for _, _, weight in frame["eligible"]):
        return "a weight is not a whole number from 1"
    return fault_of_winners(proof, nonce)


def fault_of_winners(proof: dict[str, Any], nonce: bytes) -> str:
    """Whether seed, keys and winners follow from the nonce, the list and what the source said."""
    frame, spec = proof["frame"], proof["spec"]
    seed = mac(nonce, proof["beacon"].encode("utf-8"))
    if seed.hexdigest() != proof["seed"]:
        return "the seed does not come from this nonce and this result of the public source"
    expected = []
    for stratum in sorted(spec["sizes"]):
        keys = []
        for ident, where, weight in frame["eligible"]:
            if where == stratum:
                tickets = [mac(seed.digest(), text_of([ident, t])).hexdigest() for t in range(1, weight + 1)]
                keys.append((min(tickets), ident))
        expected += [[ident, stratum, key] for key, ident in sorted(keys)[: spec["sizes"][stratum]]]
    if expected != proof["winners"]:
        return "the winners are not those that the draw gives"
    return ""


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            proof = json.load(file)
        fault = fault_of(proof, *arguments[1:])
    except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        proof, fault = {}, f"the file cannot be read as a proof ({type(error).__name__}: {error})"
    if fault:
        sys.stdout.write(f"NO / KHÔNG: {fault}\n")
        return 1
    sys.stdout.write("YES / ĐÚNG: the draw follows from what was committed to and what the source said.\n")
    source = proof["spec"].get("source", {})
    sys.stdout.write(f"Compare yourself: {source.get('name')}, {source.get('on')} = {proof['beacon']}\n")
    for ident, stratum, _key in proof["winners"]:
        sys.stdout.write(f"  {stratum}: {proof.get('names', {}).get(ident, ident)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
