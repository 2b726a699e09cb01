"""Every setting. Each variable of the environment says here, in a sentence, what it does."""

from __future__ import annotations

from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from kycuong.site.environment import VARIABLES as VARIABLES
from kycuong.site.environment import env, one_of, switch, switch_if_set, whole
from kycuong.site.home import CHECKPOINT_KEY as CHECKPOINT_KEY
from kycuong.site.home import CHECKPOINT_MEMORY as CHECKPOINT_MEMORY
from kycuong.site.home import DATABASES as DATABASES
from kycuong.site.home import HOME as HOME
from kycuong.site.home import SEALING_KEYS as SEALING_KEYS
from kycuong.site.home import SECRET_KEY as SECRET_KEY
from kycuong.site.home import TSA_KEPT as TSA_KEPT
from kycuong.site.identity import provider_named
from kycuong.site.logs import LOGGING as LOGGING
from kycuong.site.operating import *  # noqa: F403 - each is a setting, by name
from kycuong.site.operating import METRICS_TOKEN
from kycuong.site.post import addresses, mail_server_named
from kycuong.site.reactions import *  # noqa: F403 - the lists are settings, by name
from kycuong.site.sample import is_marked
from kycuong.site.stepping import BINDING as BINDING
from kycuong.site.stepping import STEP_UP as STEP_UP

django_stubs_ext.monkeypatch()

# ------------------------------------------------------------------------------------------------- the environment

ALLOWED_HOSTS = env(
    "KYCUONG_HOSTS",
    "Các tên máy mà người dùng gõ để vào hệ thống, cách nhau dấu phẩy. (Host names by which users reach this server.)",
    default="127.0.0.1,localhost,[::1]",
).split(",")

HTTPS = switch(
    "KYCUONG_HTTPS",
    "1 khi hệ thống đứng sau HTTPS: cookie chỉ đi qua kênh mã hóa, HSTS bật, http chuyển sang https. "
    "(1 behind HTTPS: secure cookies, HSTS, redirect.)",
    default=False,
)
HSTS_SUBDOMAINS = switch(
    "KYCUONG_HSTS_SUBDOMAINS",
    "1 chỉ khi cơ quan sở hữu trọn tên miền: HSTS phủ cả tên miền con. (1 only if you own the whole domain.)",
    default=False,
)
ADDRESS = env(
    "KYCUONG_ADDRESS",
    "Địa chỉ mạng mà máy chủ lắng nghe; mặc định chỉ máy này vào được. (Network address to listen on.)",
    default="127.0.0.1",
)
PORT = env("PORT", "Cổng của máy chủ. (Port of the server.)", default="8000")
WORKERS = env("KYCUONG_WORKERS", "Số tiến trình phục vụ trang. (Number of processes that serve pages.)", default="2")
FILE_BYTES = (
    whole(
        "KYCUONG_FILE_MB", "Một ảnh hoặc một tệp PDF lớn nhất bao nhiêu MB. (Largest photo or PDF, in MB.)", default=20
    )
    * 1024**2
)
PHOTO_PIXELS = (
    whole(
        "KYCUONG_PHOTO_MEGAPIXELS",
        "Một ảnh nhiều nhất bao nhiêu triệu điểm ảnh. (Most megapixels of a photo.)",
        default=50,
    )
    * 10**6
)
VISIT_FILES_BYTES = (
    whole(
        "KYCUONG_VISIT_FILES_MB",
        "Ảnh và tệp của một lượt kiểm tra cộng lại nhiều nhất bao nhiêu MB. (Most MB of photos and files at one visit.)",
        default=300,
    )
    * 1024**2
)
MAIL = mail_server_named()
MAIL_HOUR = whole(
    "KYCUONG_MAIL_HOUR",
    "Từ giờ nào (1–23) thì gửi thư tóm tắt của ngày. (From which hour the digest of the day is sent.)",
    default=7,
    most=23,
)
CHECKPOINT_MAIL = addresses(
    env(
        "KYCUONG_CHECKPOINT_MAIL",
        "Những địa chỉ nhận mốc kiểm chứng mỗi ngày một lần, cách nhau bằng dấu phẩy: lưu trữ, thanh tra cấp trên; cần `KYCUONG_SMTP`. "
        "(Who gets the latest checkpoint once a day, by commas.)",
    )
)
TICK_MINUTES = whole(
    "KYCUONG_TICK_MINUTES",
    "Máy chủ tự chạy việc nền (như `./run tick`) mấy phút một lần; 0 là không, khi đã có bộ hẹn giờ hoặc `./run worker`. "
    "(How often the server runs the tick by itself; 0: never.)",
    default=15,
    least=0,
)
DEMO = switch(
    "KYCUONG_DEMO",
    "0 để bắt đầu với cơ sở dữ liệu trống: lần chạy đầu không nạp tỉnh minh họa. "
    "(0 starts empty: the first run does not load the demonstration province.)",
    default=True,
)
SECOND_FACTOR = one_of(
    "KYCUONG_SECOND_FACTOR",
    "`required`: ai ghi hồ sơ hoặc xem nội dung niêm phong phải có lớp bảo vệ thứ hai; `optional`: tùy mỗi người. Để trống: "
    "`optional` khi tỉnh minh họa thật sự đang ở trong cơ sở dữ liệu, còn lại `required`, dù KYCUONG_DEMO là gì. (Whether those who "
    "write must have a second factor; when empty, whether the demonstration is really loaded decides, not KYCUONG_DEMO.)",
    choices=("required", "optional", ""),
    default="",
)
CONFIRM = switch_if_set(
    "KYCUONG_CONFIRM",
    "1: trước khi ký, niêm phong, cấp vai trò… phải xác nhận lại là chính mình nếu lần trước đã quá 5 phút. Để trống: 1 khi lớp bảo vệ "
    "thứ hai là bắt buộc. (1 asks for a fresh proof before signing, sealing, granting; when empty, as the second factor is required.)",
)
OIDC = provider_named()
DEBUG = switch(
    "KYCUONG_DEBUG",
    "1 cho người phát triển: hiện chi tiết lỗi, đọc tệp tĩnh thẳng từ mã nguồn. Không bao giờ dùng với dữ liệu thật. "
    "(1 for developers only: error details, static files straight from the sources.)",
    default=False,
)

# --------------------------------------------------------------------------------------------------------- the parts

CAPABILITIES = "site upkeep handover backups nation demo connect openness rounds gathering field reports facts draws selfchecks followup inspections plans catalog exports files signin notices deadlines letterheads checkpoints features orgs audit ui"
INSTALLED_APPS = [
    *(f"kycuong.{name}" for name in CAPABILITIES.split()),
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "heroicons",
    "template_partials",
    *(f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages", "staticfiles")),
    "django.forms",
]
MIDDLEWARE = [
    "kycuong.core.middleware.RequestId",
    "kycuong.core.middleware.ClientAddress",
    "kycuong.core.access.Access",
    *(["kycuong.upkeep.measuring.Measured"] if METRICS_TOKEN else []),
    "kycuong.core.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kycuong.core.middleware.Compressed",
    "kycuong.core.middleware.Legible",
    "kycuong.core.middleware.SameSite",
    "kycuong.core.middleware.AskedOnce",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kycuong.core.middleware.SessionLimits",
    "kycuong.site.speaking.Speaking",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kycuong.core.middleware.SignInRequired",
    "kycuong.site.pressing.OnceOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "kycuong.core.middleware.Problems",
    "kycuong.site.presence.Attendance",
]
ROOT_URLCONF = "kycuong.site.urls"
WSGI_APPLICATION = "kycuong.site.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # ui/templates/django/forms/ decides how a field looks
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                *(f"kycuong.ui.templatetags.{name}" for name in ("ui", "files", "also")),
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kycuong.site.context.frame",
            ],
        },
    }
]

# -------------------------------------------------------------------------------------------------------- who is there

AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "kycuong.site.accounts.Passwords"]
PASSWORD_HASHERS = ["kycuong.site.accounts.PasswordHasher"]
RULES_OF_PASSWORDS = ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    *({"NAME": f"django.contrib.auth.password_validation.{name}"} for name in RULES_OF_PASSWORDS),
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "kycuong.site.passwords.OfficeWords"},
    {"NAME": "kycuong.site.passwords.Predictable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kycuong.site.accounts.Adapter"
ACCOUNT_FORMS = {"login": "kycuong.site.accounts.SignInForm", "change_password": "kycuong.site.accounts.PasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False  # names are stored in small letters; whatever case is typed is one name
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth only checks this against the line above
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # axes counts failures in the database, for all workers alike
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # locking a name alone would let anybody lock anybody out
AXES_FAILURE_LIMIT = 5
AXES_HANDLER = "kycuong.site.accounts.Attempts"
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"  # as in the credentials: the form and Basic agree on it
AXES_USERNAME_CALLABLE = "kycuong.site.accounts.attempted_name"
AXES_LOCKOUT_CALLABLE = "kycuong.site.accounts.locked_out"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 3600  # absolute; SessionLimits ends what is idle
SESSION_IDLE_SECONDS = 30 * 60
SESSION_PAGE = "/session/"  # asked by pages that nobody touches
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PREFIX = ("__Host-" if HTTPS else "") + ("demo-" if is_marked(HOME) else "")  # browsers know no ports
SESSION_COOKIE_NAME = f"{PREFIX}sid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would show the sign-in page to whoever opens a shared link from a mail
CSRF_COOKIE_NAME = f"{PREFIX}csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "kycuong.site.saying.Storage"
MESSAGE_COOKIE_NAME = f"{PREFIX}said"
SCHEME_COOKIE_NAME = "__Host-scheme" if HTTPS else "scheme"  # read by scripts, too, and worth nothing to anybody
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"  # the same

# ----------------------------------------------------------------------------------------------- what a browser may do

FROM_US = ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "worker-src", "form-action")
NOBODYS = ("default-src", "base-uri", "frame-ancestors", "object-src")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{name: [NONE] for name in NOBODYS},
        **{name: [SELF] for name in FROM_US},
        "upgrade-insecure-requests": HTTPS,
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS
SECURE_REFERRER_POLICY = (
    "same-origin"  # Django's CSRF check on HTTPS needs the Referer that no-referrer would take away
)
FONTS_FOLDER = env(
    "KYCUONG_FONTS",
    "Thư mục chứa phông chữ cho PDF (Times New Roman, Liberation Serif 2 hoặc Tinos); để trống thì tìm trong phông của hệ điều "
    "hành. (Folder of the face of PDF files; without it the system's fonts are searched.)",
)
SOFFICE = env(
    "KYCUONG_SOFFICE",
    "Đường dẫn tới LibreOffice (ví dụ /usr/bin/soffice), chỉ để in PDF theo mẫu Word riêng của cơ quan; để trống thì PDF theo thể "
    "thức chuẩn. (LibreOffice, only to print papers in an office's own Word file; without it their PDF has the standard form.)",
)
FIELD_API = "/api/v1/field/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 320  # the tables of 300 agencies may come at once; each beyond 2,5 MB goes to the disk

# -------------------------------------------------------------------------------------------------------------- mail

EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.ssl
EMAIL_TIMEOUT = 20  # seconds; a server that hangs must not hold the tick
DEFAULT_FROM_EMAIL = MAIL.sender
BASE_URL = MAIL.base

# --------------------------------------------------------------------------------------------- language, files, logs

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # the msgids are Vietnamese; kycuong/site/speaking.py
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["kycuong.core.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kycuong.site.static.HashedModules"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
