"""The command line: `./run NAME …`. Without a name it lists what there is."""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands, load_command_class

from . import sample
from .environment import usual_home

OURS = "kycuong."


def installed() -> None:
    """`kycuong`, as a wheel puts it into the path: like ./run, so without a name it serves."""
    if len(sys.argv) == 1:
        sys.argv.append("serve")
    main()


SHARED = {"KYCUONG_HOME", "KYCUONG_ADDRESS", "KYCUONG_HOSTS", "KYCUONG_WORKERS", "KYCUONG_FONTS"}
"""What the demonstration is told like the real installation: where, not with what."""


PORT_BESIDE = "8001"
"""Where the demonstration is served unless PORT says otherwise: beside the real one."""


def place_apart() -> str:
    """The folder of the demonstration: beside that of the real installation."""
    home = os.environ.get("KYCUONG_HOME") or str(usual_home())
    return f"{home.rstrip('/')}-demo"


def apart() -> None:
    """`demo`: the demonstration in a folder and a database of its own, whatever the surroundings say of the real ones: it signs
    with no key of theirs, writes to no folder of theirs, and sends no mail."""
    home = place_apart()
    for name in [name for name in os.environ if name.startswith("KYCUONG_") and name not in SHARED]:
        del os.environ[name]
    os.environ |= {"KYCUONG_HOME": home, "KYCUONG_DEMO": "1", "PORT": os.environ.get("PORT") or PORT_BESIDE}
    sys.argv[1] = "serve"


def demonstrated(words: list[str]) -> None:
    """What `demo` does with its words; returns only where it is to be served."""
    if words[:1] == ["remove"] and words[1:] in ([], ["--yes"]):
        sys.exit(removed(asking="--yes" not in words))
    if words:
        sys.stderr.write(f"./run demo [remove [--yes]]: {BEFORE_PYTHON['demo']}\n")
        sys.exit(0 if words in (["--help"], ["-h"]) else 2)
    apart()
    try:
        sample.hold(Path(os.environ["KYCUONG_HOME"]))
    except sample.Kept as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)
    except OSError as error:
        sys.stderr.write(
            f"Không dùng được {error.filename} ({error.strerror}). / Cannot use {error.filename} ({error.strerror}).\n"
        )
        sys.exit(2)


def removed(*, asking: bool) -> int:
    """`demo remove`: the folder of the demonstration goes, once its owner has typed so. The exit code."""
    home = Path(place_apart())
    if asking and sample.is_there(home):
        sys.stderr.write(
            f"Xóa hẳn dữ liệu mẫu trong {home}; dữ liệu thật không bị đụng đến. Gõ «{sample.WORD}» rồi Enter. / "
            f"Removes the samples in {home} for good, nothing else. Type «{sample.WORD}»: "
        )
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in {sample.WORD, "xoa"}:
            sys.stderr.write("\nChưa xóa gì. / Nothing was removed.\n")
            return 2
    try:
        there = sample.remove(home)
    except sample.Kept as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stderr.write(
        f"Đã xóa {home}: không còn gì của dữ liệu mẫu. / Removed {home}: nothing of the samples is left.\n"
        if there
        else f"Không có dữ liệu mẫu ở {home}. / There are no samples at {home}.\n"
    )
    return 0


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.site.settings")
    if sys.argv[1:2] == ["demo"]:
        demonstrated(sys.argv[2:])
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except OSError as error:
        sys.stderr.write(
            f"Không dùng được {error.filename} ({error.strerror}); hãy đặt KYCUONG_HOME là một thư mục ghi được. / "
            f"Cannot use {error.filename}; set KYCUONG_HOME to a directory that can be written.\n"
        )
        sys.exit(2)
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in {"", "help", "--help", "-h"} and len(sys.argv) <= 2:
        listing()
    elif name not in get_commands() and not name.startswith("-"):
        sys.exit(unknown(name))
    else:
        try:
            execute_from_command_line(sys.argv)
        except KeyboardInterrupt:
            sys.stderr.write("\nĐã dừng. / Stopped.\n")
            sys.exit(130)


BEFORE_PYTHON = {
    "add": "thêm gói chỉ ai cần mới cài: facts (DuckDB), spark, dev (để sửa mã) / packages that only who asks for them has",
    "demo": "dữ liệu mẫu (tỉnh minh họa) ở thư mục riêng, cổng 8001; demo remove xóa hết / samples in a folder of their own; demo remove",
    "packages": "chỉ cài các gói cần thiết / install the packages, nothing else",
    "wheels": "tải mọi gói vào một thư mục cho máy không có mạng / all packages as files, for a machine without a network",
}
"""Of ./run itself, before Django begins."""


def before_python() -> dict[str, str]:
    """Those that are there: a wheel has no ./run, only the demonstration."""
    with_sources = Path(sys.argv[0]).name == "manage.py"
    return {name: text for name, text in BEFORE_PYTHON.items() if with_sources or name == "demo"}


def our_commands() -> dict[str, str]:
    """name → one line, for the commands of this project."""
    apps = {name: app for name, app in sorted(get_commands().items()) if isinstance(app, str) and app.startswith(OURS)}
    return {name: load_command_class(app, name).help for name, app in apps.items()}


def listing() -> None:
    """All commands, one line each, on standard output."""
    lines = ["./run                không tên lệnh: chuẩn bị rồi phục vụ / without a name: prepare, then serve"]
    lines += [f"./run {name:<14} {text}" for name, text in sorted((our_commands() | before_python()).items())]
    lines.append("./run NAME --help    cách viết một lệnh / how to write a command")
    sys.stdout.write("\n".join(lines) + "\n")


def unknown(name: str) -> int:
    """One sentence, with the nearest name."""
    near = difflib.get_close_matches(name, our_commands(), n=1)
    meant_vi, meant_en = (f", có phải là “{near[0]}”", f", did you mean “{near[0]}”") if near else ("", "")
    sys.stderr.write(
        f"Không có lệnh “{name}”{meant_vi}; `./run help` liệt kê các lệnh. / "
        f"There is no command “{name}”{meant_en}; `./run help` lists them.\n"
    )
    return 2
