"""Where an installation keeps its things: the folder, the database, the keys. Part of the settings."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import quote

from kycuong.audit.notes import new_log_key
from kycuong.core.sealing import new_key
from kycuong.site.database import database, file_only_i_may_read
from kycuong.site.environment import env, usual_home

CODE = Path(__file__).resolve().parent.parent

HOME = Path(
    env(
        "KYCUONG_HOME",
        "Thư mục giữ cơ sở dữ liệu, khóa bí mật, tệp tĩnh và `files/` (ảnh, tệp của các lượt: sao lưu cùng cơ sở dữ liệu). "
        "(Directory of the database, the secret key, the collected static files, and `files/`: photos, to back up too.)",
        default=str(usual_home()),
        shown="`var/` cạnh mã nguồn; cài từ wheel: `~/.local/share/kycuong`",
    )
).resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DATABASES = {
    "default": database(
        env(
            "KYCUONG_DATABASE_URL",
            "Cơ sở dữ liệu: `postgresql://người:mật_khẩu@máy:5432/tên` hoặc `sqlite:///đường/dẫn/tuyệt/đối`. "
            "(The database, as a PostgreSQL or SQLite address.)",
            default=f"sqlite://{quote(str(HOME / 'kycuong.sqlite3'))}",
            shown="SQLite trong `KYCUONG_HOME`",
        )
    )
}

SECRET_KEY = env(
    "KYCUONG_SECRET_KEY",
    "Khóa ký phiên làm việc. Để trống thì một khóa ngẫu nhiên được tạo và giữ trong `KYCUONG_HOME/secret-key` (chỉ chủ sở "
    "hữu đọc được). Thay khóa này thì mọi phiên kết thúc và mọi mã khôi phục hết dùng được: mỗi người phải tạo mã mới. (Signs "
    "sessions; without it a random key is made and kept in a file that only the owner may read. A new one ends every session and "
    "voids every recovery code.)",
) or file_only_i_may_read(HOME / "secret-key", lambda: secrets.token_urlsafe(64))

SEALING_KEYS = env(
    "KYCUONG_SEALING_KEYS",
    "Khóa niêm phong, `mã:base64` cách nhau khoảng trắng, khóa đang dùng đứng đầu; thay khóa thì thêm khóa mới vào đầu và giữ "
    "khóa cũ. Để trống thì một khóa được tạo trong `KYCUONG_HOME/sealing-keys`. Sao lưu khóa riêng, không cùng chỗ với cơ sở dữ "
    "liệu: mất khóa là mất phần niêm phong, và ứng dụng tạo mã của mọi người hết dùng được: còn khóa truy cập, mã khôi phục, đặt lại. (Keys of sealed texts, current one first; keep old ones; back them up apart from "
    "the database; without them authenticator apps open nothing any more, passkeys and recovery codes do.)",
    shown="tệp `sealing-keys` trong `KYCUONG_HOME`",
) or file_only_i_may_read(HOME / "sealing-keys", new_key)

CHECKPOINT_KEY = env(
    "KYCUONG_CHECKPOINT_KEY",
    "Khóa ký mốc kiểm chứng của nhật ký. Đặt khóa công khai thì tiến trình này chỉ kiểm chứng; một tài khoản khác giữ khóa ký, chạy "
    "`./run audit checkpoint`. (Signs checkpoints of the log; a public key only verifies, and another account signs.)",
    shown="tệp `checkpoint-key` trong `KYCUONG_HOME`",
) or file_only_i_may_read(HOME / "checkpoint-key", new_log_key)
CHECKPOINT_MEMORY = HOME / "checkpoint-last"
"""What the signer remembers of the log, outside the database."""
TSA_KEPT = HOME / "tsa-certificates.pem"
"""A copy of KYCUONG_TSA_CERTIFICATE, made when a stamp came: backups bring it along."""
