"""The pages of docs/reference, each made from the code that it describes; `kycuong docs --check` fails when one differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from django.db.models import TextChoices

from kycuong.core.problems import Problem
from kycuong.draws.rules import DRAW_TRANSITIONS
from kycuong.followup.rules.accountability import MEASURE_TRANSITIONS
from kycuong.inspections.rules import INSPECTION_TRANSITIONS, VISIT_TRANSITIONS, TeamRole
from kycuong.inspections.rules.conclusions import CONCLUSION_TRANSITIONS
from kycuong.inspections.rules.teams import GROUP_LEAD_VERBS, SEAT_VERBS
from kycuong.orgs.roles import KEPT, ROLES
from kycuong.plans.rules import PLAN_TRANSITIONS
from kycuong.reports.figures import FIGURES, RESTRICTED
from kycuong.rounds.rules import REPORT_TRANSITIONS, ROUND_TRANSITIONS
from kycuong.selfchecks.rules import CAMPAIGN_TRANSITIONS, CHECK_TRANSITIONS

from .api import api
from .cli import our_commands
from .environment import VARIABLES
from .home import CODE
from .made_of import OURS, licence_of
from .made_of import rows as rows_of_packages
from .paper_words import by_source

State = TypeVar("State", bound=TextChoices)
PLACE = CODE.parent / "docs" / "reference"
MADE = "<!-- made by `just docs`; write in the code, not here -->"


def settings_page() -> str:
    rows = ([f"`{name}`", default, sentence] for name, (default, sentence) in VARIABLES.items())
    return page(
        "Cấu hình · Settings",
        "Mọi biến môi trường; ngoài ra không có tệp cấu hình nào. (Every environment variable; there is no other configuration.)",
        table(["Biến", "Mặc định", "Ý nghĩa"], rows),
    )


def roles_page() -> str:
    """The roles, then each verb with the roles that carry it: what an office signs."""
    roles = ([f"`{slug}`", role.title, role.sentence] for slug, role in ROLES.items())
    verbs = sorted(set().union(*(role.verbs for role in ROLES.values())))
    grid = (
        [f"`{verb}`", *("●" if verb in role.verbs else "" for role in ROLES.values()), KEPT.get(verb, "●")]
        for verb in verbs
    )
    return page(
        "Vai trò · Roles",
        "Một người giữ vai trò tại một đơn vị, và do đó tại mọi đơn vị bên dưới. (A role held at a unit holds below it, too.)",
        table(["Vai trò", "Tên", "Làm được gì"], roles),
        table(["Việc", *(f"`{slug}`" for slug in ROLES), "Làm thay"], grid),
        "Cột cuối: ● là người làm thay khi vắng mặt làm được; còn lại là lý do không giao. `auditor` và `system_admin` không giao và không làm thay ai. "
        "(Last column: ● whoever stands in does it; otherwise why it is kept.)",
        "## Trong đoàn kiểm tra · Seats on a team",
        "Ai có tài khoản và đang ngồi trong đoàn làm được thêm những việc này ở cuộc ấy, dù ở cơ quan nào; thành viên chỉ trong tổ của mình. "
        "Xung đột lợi ích với đơn vị thì không ghi, không ký ở đó. (A seat gives these beside the roles; a conflict of interest takes them.)",
        table(["Việc", *(str(role.label) for role in TeamRole), "Tổ trưởng (lượt của tổ)"], seats()),
    )


def seats() -> Iterable[list[str]]:
    """Each verb that a seat gives, with the seats that give it."""
    for verb in sorted(set().union(*SEAT_VERBS.values(), GROUP_LEAD_VERBS)):
        given = [*(verb in SEAT_VERBS[role] for role in TeamRole), verb in GROUP_LEAD_VERBS]
        yield [f"`{verb}`", *("●" if gives else "" for gives in given)]


def problems_page() -> str:
    kinds = sorted({(kind.status, kind.code, kind.title, first_line(kind)) for kind in kinds_of(Problem)})
    rows = ([str(status), f"`urn:kycuong:problem:{code}`", title, text] for status, code, title, text in kinds)
    return page(
        "Các từ chối · Problems",
        "Trang và API từ chối bằng cùng một câu; API theo RFC 9457. (Pages and API refuse in the same words; the API by RFC 9457.)",
        table(["HTTP", "type", "title", "Khi nào (when)"], rows),
    )


def papers_page() -> str:
    """Whoever adds a sentence to a paper finds it here: `just check` fails until the page is written anew."""
    parts = [
        "\n".join([f"## `{path}`", "", *(f"- {one.replace('<', '&lt;')}" for one in found)])
        for path, found in by_source()
    ]
    return page(
        "Lời văn in sẵn trong văn bản · Words on papers",
        "Mọi câu do chương trình tự viết trên văn bản, tệp và báo cáo («…» là tên, số, ngày), để cán bộ nghiệp vụ rà soát trước khi dùng thật; lời văn riêng của cơ quan đặt ở «Thể thức». "
        "(Every sentence that the program itself writes on papers, files and reports, for review by a practitioner before real use. An entry about a file that is not signed, such as a workbook, stands here, too.)",
        *parts,
    )


def figures_page() -> str:
    rows = (
        [f"`{name}`", figure.title, figure.definition, figure.definition_en, "có" if figure.has_list else ""]
        for name, figure in {**FIGURES, **RESTRICTED}.items()
    )
    return page(
        "Số liệu · Figures",
        "Tên dùng chung cho trang, dòng lệnh và API. (The same names on pages, on the command line and in the API.)",
        table(["Tên", "Nhãn", "Định nghĩa", "Definition", "Danh sách"], rows),
    )


def states_page() -> str:
    return page(
        "Trạng thái · States",
        "Trạng thái nào sang được trạng thái nào. (Which state follows which.)",
        "## Kế hoạch kiểm tra (InspectionPlan)\n\n" + arrows(PLAN_TRANSITIONS),
        "## Cuộc kiểm tra (Inspection)\n\n" + arrows(INSPECTION_TRANSITIONS),
        "## Lượt kiểm tra (Visit)\n\n" + arrows(VISIT_TRANSITIONS),
        "## Kết luận (Conclusion)\n\n" + arrows(CONCLUSION_TRANSITIONS),
        "## Đợt tự kiểm tra (SelfCheckCampaign)\n\n" + arrows(CAMPAIGN_TRANSITIONS),
        "## Bản tự kiểm tra (SelfCheck)\n\n" + arrows(CHECK_TRANSITIONS),
        "## Đợt báo cáo (ReportingRound)\n\n" + arrows(ROUND_TRANSITIONS),
        "## Báo cáo của cơ quan (AgencyReport)\n\n" + arrows(REPORT_TRANSITIONS),
        "## Xử lý trách nhiệm (AccountabilityMeasure)\n\n" + arrows(MEASURE_TRANSITIONS),
        "## Lần bốc thăm (Draw)\n\n" + arrows(DRAW_TRANSITIONS),
    )


def commands_page() -> str:
    rows = ([f"`./run {name}`", text] for name, text in our_commands().items())
    return page(
        "Dòng lệnh · Commands",
        "Mỗi lệnh có `--help`; đối số sai thì mã thoát là 2. (Each has `--help`; a bad argument exits with 2.)",
        table(["Lệnh", "Việc"], rows),
    )


def dependencies_page() -> str:
    return page(
        "Các gói phần mềm đi cùng · What comes along",
        f"Kỷ Cương có giấy phép {licence_of(OURS)}. Mọi gói dưới đây được cài kèm, mỗi gói theo giấy phép của nó; không gói nào nằm trong kho mã nguồn này. "
        "Tại sao đi cùng được: ADR 41. Danh mục với mã băm: `just sbom`. (Every package that an installation brings, under its own licence; none "
        "lies in this repository. Why they go together: ADR 41. With hashes: `just sbom`.)",
        table(["Gói", "Phiên bản", "Giấy phép (SPDX)", "Để làm gì"], rows_of_packages()),
    )


def openapi() -> str:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "roles.md": roles_page,
    "papers.md": papers_page,
    "problems.md": problems_page,
    "figures.md": figures_page,
    "states.md": states_page,
    "commands.md": commands_page,
    "dependencies.md": dependencies_page,
    "openapi.json": openapi,
}


def drifted() -> list[Path]:
    """The pages that do not say what the code says."""
    return [PLACE / name for name, make in PAGES.items() if text_of(PLACE / name) != make()]


def write_all() -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (PLACE / name).write_text(make(), encoding="utf-8")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def page(title: str, lead: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, lead, *parts]) + "\n"


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def arrows(transitions: Mapping[State, frozenset[State]]) -> str:
    """A diagram (Mermaid) and the same as a table, for whoever reads it as plain text."""
    return f"{diagram(transitions)}\n\n{table_of_arrows(transitions)}"


def diagram(transitions: Mapping[State, frozenset[State]]) -> str:
    """The first state is where it begins; a state without an arrow out of it is an end."""
    names = [f'    state "{state.label}" as {state}' for state in transitions]
    moves = [
        f"    {state} --> {after}" for state in transitions for after in transitions if after in transitions[state]
    ]
    ends = [f"    {state} --> [*]" for state, following in transitions.items() if not following]
    begin = [f"    [*] --> {next(iter(transitions))}"]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *begin, *moves, *ends, "```"])


def table_of_arrows(transitions: Mapping[State, frozenset[State]]) -> str:
    rows = (
        [f"`{state}`", str(state.label), ", ".join(f"`{after}`" for after in transitions if after in following)]
        for state, following in transitions.items()
    )
    return table(["Trạng thái", "Tên", "Sang được"], rows)


def kinds_of(kind: type[Problem]) -> Iterator[type[Problem]]:
    for below in kind.__subclasses__():
        yield below
        yield from kinds_of(below)


def first_line(kind: type[Problem]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
