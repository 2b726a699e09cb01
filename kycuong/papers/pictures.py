"""Drawings as pictures, for Word files: the engine that sets the PDF draws them, so both show the same."""

from __future__ import annotations

import json
from typing import Any

import typst

DOTS = 220
"""To the inch."""
SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(json(bytes(sys.inputs.at("told")))), format: "svg", width: 165mm)
"""


def png_of(svg: str) -> bytes:
    """The drawing as PNG."""
    told: Any = typst.compile(SOURCE, format="png", ppi=DOTS, sys_inputs={"told": json.dumps(svg)})
    return bytes(told[0] if isinstance(told, list) else told)
