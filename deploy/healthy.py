"""Whether the server on this machine is ready for work: exit code 0, or 1 with what is missing. Asked by the container, and after an upgrade.

It asks /readyz as the proxy in front would, so that neither the name of the server nor HTTPS is in its way. Python's own library only.
"""

from __future__ import annotations

import http.client
import os
import sys


def main() -> int:
    name = (os.environ.get("KYCUONG_HOSTS") or "localhost").split(",")[0]
    line = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        line.request("GET", "/readyz", headers={"Host": name, "X-Forwarded-Proto": "https"})
        reply = line.getresponse()
        told = reply.read(500).decode(errors="replace")
    except OSError as error:
        sys.stderr.write(f"Máy chủ không trả lời ({error}). / The server does not answer.\n")
        return 1
    sys.stderr.write(f"{told}\n")
    return 0 if reply.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
