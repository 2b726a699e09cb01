"""The columns of Biểu 1 that agencies declare, as data: number, titles that are understood, how rows add up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _

NAME = "agency"
"""The column that names whom a row is about."""


class Adds(StrEnum):
    """How the rows of a column make its total."""

    SUM = "sum"
    DISTINCT = "distinct"
    """A unit may stand in two rows: the total lies between the largest row and the sum, and is never made by adding."""
    RATE = "rate"
    TEXT = "text"
    """Read, shown, and never stored as a figure."""


@dataclass(frozen=True)
class FormColumn:
    """One column: `titles[0]` is shown. What the product counts itself is the cell of the same number in its own Biểu 1."""

    key: str
    number: int
    titles: tuple[str, ...]
    adds: Adds = Adds.SUM
    of: tuple[str, str] | None = None
    """A rate: numerator and denominator, by their keys, where columns bear both."""
    at_most: bool = False
    """The true numerator is a part of that column: the rate is never above the two."""

    @property
    def title(self) -> str:
        """As it stands on the form: in files, in what is said of cells, in what is kept."""
        return self.titles[0]

    @property
    def called(self) -> str:
        """The title in the language of the page."""
        return gettext(self.titles[0])

    @property
    def is_figure(self) -> bool:
        return self.adds is not Adds.TEXT


def _count(key: str, number: int, *titles: str) -> FormColumn:
    return FormColumn(key, number, titles)


def _distinct(key: str, number: int, *titles: str) -> FormColumn:
    return FormColumn(key, number, titles, Adds.DISTINCT)


COLUMNS = (
    FormColumn(NAME, 2, (
        _("Cơ quan, địa phương"), "Cơ quan, đơn vị", "Tên cơ quan, đơn vị", "Tên cơ quan", "Tên đơn vị", "Cơ quan", "Đơn vị",
        "Địa phương", "Đơn vị được kiểm tra", "Tên cơ quan, địa phương", "Cơ quan chủ trì", "Cơ quan chủ trì kiểm tra",
    ), Adds.TEXT),
    FormColumn("plan", 3, (_("Kế hoạch kiểm tra"), "Kế hoạch", "Số, ngày kế hoạch", "Kế hoạch kiểm tra (số, ngày)"), Adds.TEXT),
    _count("units", 4, _("Tổng số đơn vị trực thuộc"), "Số đơn vị trực thuộc", "Đơn vị trực thuộc", "Tổng số đơn vị"),
    FormColumn("target", 5, (_("Chỉ tiêu kế hoạch năm"), "Chỉ tiêu KH năm", "Chỉ tiêu", "Kế hoạch năm"), Adds.SUM),
    _count("inspections", 6, _("Số cuộc kiểm tra trong kỳ"), "Số cuộc kiểm tra trong kỳ, tổng số", "Số cuộc kiểm tra", "Số cuộc",
           "Tổng số cuộc", "Tổng số cuộc kiểm tra", "Số cuộc kiểm tra trong kỳ, tổng"),
    _count("planned", 7, _("Theo kế hoạch"), "Số cuộc theo kế hoạch", "Theo KH"),
    _count("surprise", 8, _("Đột xuất"), "Số cuộc đột xuất", "Kiểm tra đột xuất"),
    _count("combined", 9, _("Kết hợp"), "Số cuộc kết hợp", "Lồng ghép"),
    _count("inspections_year", 10, _("Số cuộc lũy kế năm"), "Số cuộc lũy kế", "Lũy kế số cuộc"),
    _count("visits", 11, _("Số lượt đơn vị được kiểm tra trong kỳ"), "Số lượt đơn vị được kiểm tra", "Số lượt kiểm tra", "Số lượt",
           "Lượt kiểm tra"),
    _distinct("units_inspected", 12, _("Số đơn vị (không trùng) trong kỳ"), "Số đơn vị không trùng", "Số đơn vị được kiểm tra",
              "Số đơn vị được kiểm tra trong kỳ", "Số đơn vị", "Số đơn vị không trùng trong kỳ"),
    _distinct("units_inspected_year", 13, _("Số đơn vị lũy kế năm"), "Số đơn vị lũy kế", "Lũy kế số đơn vị"),
    FormColumn("coverage", 14, (_("Tỷ lệ lũy kế/tổng số (%)"), "Tỷ lệ lũy kế trên tổng số", "Tỷ lệ được kiểm tra", "Tỷ lệ đơn vị được kiểm tra"),
               Adds.RATE, of=("units_inspected_year", "units"), at_most=True),
    FormColumn("target_rate", 15, (_("Tỷ lệ so với kế hoạch (%)"), "Tỷ lệ so với KH", "Tỷ lệ hoàn thành kế hoạch", "So với kế hoạch"),
               Adds.RATE, of=("units_inspected_year", "target")),
    _distinct("divisions", 16, _("Trong đó: phòng, chi cục"), "Phòng, chi cục", "Phòng/chi cục", "Phòng chuyên môn"),
    _distinct("communes", 17, _("Trong đó: UBND cấp xã"), "UBND cấp xã", "Ủy ban nhân dân cấp xã", "Cấp xã", "Xã, phường"),
    _distinct("services", 18, _("Trong đó: đơn vị sự nghiệp"), "Đơn vị sự nghiệp", "Đơn vị SN", "Đơn vị sự nghiệp công lập"),
    _count("concluded", 19, _("Số cuộc đã ban hành thông báo, kết luận"), "Số cuộc đã ban hành TB/KL", "Đã ban hành TB/KL",
           "Đã ban hành kết luận", "Số kết luận", "Đã ban hành thông báo, kết luận"),
    _count("findings", 20, _("Số tồn tại, hạn chế phát hiện"), "Số tồn tại, hạn chế", "Tồn tại, hạn chế", "Số tồn tại", "Số vi phạm",
           "Tồn tại"),
    _count("remedied", 21, _("Tồn tại đã khắc phục"), "Đã khắc phục", "Số đã khắc phục"),
    _count("in_term", 22, _("Tồn tại đang khắc phục (trong hạn)"), "Đang khắc phục", "Trong hạn", "Đang khắc phục (trong hạn)"),
    _count("overdue", 23, _("Tồn tại quá hạn"), "Quá hạn", "Quá hạn khắc phục", "Chưa khắc phục, quá hạn"),
    FormColumn("handling", 24, (_("Tỷ lệ xử lý (%)"), "Tỷ lệ xử lý", "Tỷ lệ khắc phục", "Tỷ lệ đã khắc phục"), Adds.RATE),
    _count("collectives", 25, _("Tập thể bị nhắc nhở, phê bình"), "Tập thể bị nhắc nhở/phê bình", "Tập thể", "Số tập thể"),
    _count("persons", 26, _("Cá nhân bị nhắc nhở, phê bình, kiểm điểm"), "Cá nhân nhắc nhở/phê bình/kiểm điểm", "Cá nhân", "Số cá nhân",
           "Cá nhân bị nhắc nhở, phê bình"),
    _count("reprimands", 27, _("Cá nhân bị khiển trách"), "Khiển trách"),
    _count("warnings", 28, _("Cá nhân bị cảnh cáo"), "Cảnh cáo"),
    _count("removals", 29, _("Cá nhân bị cách chức"), "Cách chức"),
    _count("dismissals", 30, _("Cá nhân bị buộc thôi việc"), "Buộc thôi việc"),
    FormColumn("note", 31, (_("Ghi chú"),), Adds.TEXT),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
FIGURES = tuple(column for column in COLUMNS if column.is_figure)
MEASURES = frozenset(column.key for column in COLUMNS if 25 <= column.number <= 30)
"""What was done to people: told to whoever may see measures, as in every other figure."""

PARTS = (("inspections", ("planned", "surprise", "combined")), ("findings", ("remedied", "in_term", "overdue")))
"""A whole and parts of it: together never more than the whole."""
NOT_ABOVE = (
    ("units_inspected", "visits"),
    ("units_inspected", "units_inspected_year"),
    ("inspections", "inspections_year"),
    ("units_inspected", "units"),
    ("concluded", "inspections_year"),
)
"""(less, more): the first is never above the second."""
