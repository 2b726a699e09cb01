"""What is written where an office has said nothing of its own. Pure.

The default texts are proposals: a practitioner should read them over before an office signs by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _

from kycuong.core.problems import Missing

from .kinds import Paper


class Part(NamedTuple):
    """A piece of text that an office may word as it wants. Its title is Vietnamese, as it stands on paper."""

    title: str
    text: str

    @property
    def label(self) -> str:
        """In the language of the page."""
        return gettext(self.title)


WORDINGS: dict[str, dict[str, Part]] = {
    Paper.PLAN: {
        "bases": Part(_("Căn cứ (mỗi dòng một căn cứ)"), "Căn cứ chức năng, nhiệm vụ, quyền hạn của [cơ quan];"),
        "purpose": Part(
            _("Mục đích"),
            "Đánh giá việc chấp hành kỷ luật, kỷ cương hành chính của các cơ quan, đơn vị; kịp thời chấn chỉnh, khắc phục tồn tại, "
            "hạn chế; nâng cao trách nhiệm của người đứng đầu và của công chức, viên chức.",
        ),
        "demands": Part(
            _("Yêu cầu"),
            "Việc kiểm tra bảo đảm khách quan, chính xác, đúng quy định, không gây cản trở hoạt động bình thường của đơn vị được "
            "kiểm tra.",
        ),
        "organising": Part(
            _("Tổ chức thực hiện"),
            "[Cơ quan] tổ chức thực hiện Kế hoạch này.\nCác đơn vị được kiểm tra chuẩn bị hồ sơ, bố trí người làm việc với đoàn kiểm "
            "tra. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về [cơ quan] để xem xét, giải quyết.",
        ),
    },
    Paper.DECISION: {
        "bases": Part(_("Căn cứ (mỗi dòng một căn cứ)"), "Căn cứ chức năng, nhiệm vụ, quyền hạn của [cơ quan];"),
        "tasks": Part(
            _("Nhiệm vụ của đoàn"),
            "Đoàn kiểm tra có nhiệm vụ kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính theo nội dung tại Điều 2; lập biên bản, báo "
            "cáo kết quả với [cơ quan]. Đoàn kiểm tra tự giải thể sau khi hoàn thành nhiệm vụ.",
        ),
        "carrying_out": Part(
            _("Điều khoản thi hành"),
            "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan và các ông, bà có tên tại Điều 1 chịu trách "
            "nhiệm thi hành Quyết định này.",
        ),
    },
    Paper.NOTICE: {
        "requests": Part(
            _("Đề nghị với đơn vị được kiểm tra"),
            "Các đơn vị chuẩn bị báo cáo, hồ sơ, tài liệu liên quan; bố trí địa điểm và cử người có trách nhiệm làm việc với đoàn kiểm "
            "tra. Nếu có thay đổi về thời gian, đoàn kiểm tra sẽ thông báo sau.",
        ),
    },
    Paper.MINUTES: {
        "closing": Part(
            _("Câu kết thúc"),
            "Biên bản đã được đọc lại cho những người có mặt cùng nghe và được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.",
        ),
    },
    Paper.CONCLUSION: {
        "closing": Part(_("Câu kết thúc"), "[Cơ quan] thông báo để đơn vị biết và thực hiện."),
    },
    Paper.URGE: {
        "closing": Part(
            _("Câu kết thúc"),
            "[Cơ quan] đề nghị [đơn vị] khẩn trương thực hiện các kiến nghị nêu trên và báo cáo kết quả kèm minh chứng về [cơ quan].",
        ),
        "plan_closing": Part(
            _("Câu kết thúc, khi đôn đốc ban hành kế hoạch"),
            "[Cơ quan] đề nghị các cơ quan, đơn vị khẩn trương thực hiện.",
        ),
    },
    Paper.REMEDY: {
        "closing": Part(_("Câu kết thúc"), "[Đơn vị] báo cáo [cơ quan] xem xét, xác nhận kết quả khắc phục."),
    },
    Paper.SUMMARY: {
        "directing": Part(_("Công tác chỉ đạo, triển khai (thêm sau câu tính sẵn)"), ""),
        "strengths": Part(_("Ưu điểm (thêm sau câu tính sẵn)"), ""),
        "causes": Part(_("Nguyên nhân"), ""),
        "difficulties": Part(_("Khó khăn, vướng mắc"), ""),
        "directions": Part(_("Phương hướng, đề xuất, kiến nghị"), ""),
        "closing": Part(
            _("Câu kết thúc"), "Trên đây là báo cáo kết quả kiểm tra kỷ luật, kỷ cương hành chính của [cơ quan]"
        ),
    },
}
"""Kind of paper → piece → its label and the text where an office has none of its own."""


def filled(text: str, names: Mapping[str, str]) -> str:
    """The wording with its names; `names` by «cơ quan» and «đơn vị»."""
    for word, name in names.items():
        capital = f"{name[:1].upper()}{name[1:]}"
        text = text.replace(f"[{word}]", name).replace(f"[{word[:1].upper()}{word[1:]}]", capital)
    return text


def ensure_piece(paper: str, piece: str) -> None:
    if piece not in WORDINGS.get(paper, {}):
        raise Missing("Loại văn bản này không có đoạn văn ấy.", en="This kind of paper has no such piece of text.")
