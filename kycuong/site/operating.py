"""Settings of looking after an installation: backups, measurements, whom to tell. Part of the settings."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from kycuong.site.environment import env, surroundings, tell, whole
from kycuong.site.home import HOME
from kycuong.site.identity import authority_of_time, listed_hosts, networks

BACKUP_FOLDER = env(
    "KYCUONG_BACKUP_FOLDER",
    "Thư mục nhận bản sao lưu (ổ khác, hoặc thư mục chia sẻ); đặt rồi thì máy chủ tự sao lưu. (Folder of backups, on another disk; "
    "with it the server backs up by itself.)",
)
BACKUP_KEY = env(
    "KYCUONG_BACKUP_KEY",
    "Khóa công khai age1… để mã hóa bản sao lưu, do `./run backup key TỆP` in ra; tệp khóa mở thì giữ ngoài máy chủ. (Public key to "
    "which backups are encrypted; the key that opens them is kept off the server.)",
)
BACKUP_HOURS = whole(
    "KYCUONG_BACKUP_HOURS", "Mấy giờ sao lưu một lần. (Hours between two backups.)", default=24, most=24 * 31
)
BACKUP_KEEP = whole(
    "KYCUONG_BACKUP_KEEP",
    "Giữ bao nhiêu bản mới nhất; bản cuối của mỗi tháng trong 12 tháng thì luôn giữ. (How many of the newest are kept, beside the last "
    "one of each of twelve months.)",
    default=14,
)
METRICS_TOKEN = env(
    "KYCUONG_METRICS_TOKEN",
    "Mã mà máy chủ giám sát (Prometheus) gửi để đọc /metrics; để trống thì không có trang ấy. (Token with which a monitoring server reads "
    "/metrics; without it there is no such page.)",
)
METRICS_FOLDER = HOME / "metrics"
if METRICS_TOKEN:
    METRICS_FOLDER.mkdir(mode=0o700, exist_ok=True)
    tell("PROMETHEUS_MULTIPROC_DIR", str(METRICS_FOLDER))  # read when the library is first imported
SURROUNDINGS = surroundings()
SECURITY_CONTACT = env(
    "KYCUONG_SECURITY_CONTACT",
    "Địa chỉ nhận báo cáo lỗ hổng, ví dụ mailto:antoan@langson.example, cho /.well-known/security.txt. (Whom to tell of a weakness.)",
)
KEY_CALLS = whole(
    "KYCUONG_KEY_CALLS",
    "Một khóa API gọi nhiều nhất mấy lần một phút, ở mỗi tiến trình phục vụ; 0 là không giới hạn. (Calls of an access key in a minute, in "
    "each serving process; 0: no limit.)",
    default=300,
    least=0,
)
PROXIES = networks(
    env(
        "KYCUONG_PROXIES",
        "Địa chỉ hoặc dải mạng của các máy chủ proxy đứng trước (nginx…), cách nhau dấu phẩy, ví dụ `127.0.0.1` hoặc `10.1.2.0/28`: chỉ lời của chúng "
        "về địa chỉ người dùng (X-Forwarded-For, X-Forwarded-Proto) mới được tin. Đứng sau proxy mà để trống thì mọi người mang địa chỉ của proxy. "
        "(Addresses or networks of the proxies in front: theirs alone is believed of who the client is.)",
    )
)
WEBHOOK_HOSTS = listed_hosts(
    env(
        "KYCUONG_WEBHOOK_HOSTS",
        "Những máy được nhận tin tự động (webhook), cách nhau dấu phẩy: `ten-may` (https, cổng 443, địa chỉ công cộng) hoặc `ten-may:cổng` "
        "(được ở mạng nội bộ); để trống thì không gửi gì. (Hosts that may be told what happens; one with a port may be in a private network.)",
    )
)
TSA = authority_of_time(
    env(
        "KYCUONG_TSA",
        "Địa chỉ https của cơ quan cấp dấu thời gian (RFC 3161) cho các mốc kiểm chứng; chỉ mã băm của mốc đi ra. Để trống thì không dùng. "
        "(Address of a time-stamping authority for checkpoints; only their hash goes out.)",
    )
)
TSA_CERTIFICATE = env(
    "KYCUONG_TSA_CERTIFICATE",
    "Tệp PEM có chứng thư gốc (và trung gian) của cơ quan ấy, để kiểm dấu thời gian ngay tại đây, không cần mạng; bắt buộc khi có "
    "`KYCUONG_TSA`. (PEM file with that authority's root and intermediate certificates, by which stamps are checked offline.)",
)
if TSA and not TSA_CERTIFICATE:
    raise ImproperlyConfigured(
        "KYCUONG_TSA cần KYCUONG_TSA_CERTIFICATE (tệp PEM); hãy đặt cả hai. / KYCUONG_TSA needs KYCUONG_TSA_CERTIFICATE (a PEM file)."
    )
