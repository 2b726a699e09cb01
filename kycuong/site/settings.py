"""Every setting, and the only place that reads the environment. Each variable says here, in a sentence, what it does."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django_stubs_ext
from csp.constants import NONE, SELF

from kycuong.site.database import database, file_only_i_may_read

django_stubs_ext.monkeypatch()

VARIABLES: dict[str, tuple[str, str]] = {}
"""name → (default in words, what it does): docs/reference/settings.md is made from it."""


def env(name: str, sentence: str, *, default: str = "", shown: str = "") -> str:
    """The variable, or its default. An empty value counts as unset, as shells and service files leave it."""
    VARIABLES[name] = (shown or default or "(trống)", sentence)
    return os.environ.get(name) or default


def switch(name: str, sentence: str, *, default: bool) -> bool:
    """A variable that is on (1, true, yes, on) or off."""
    return env(name, sentence, default="1" if default else "0").lower() in {"1", "true", "yes", "on"}


CODE = Path(__file__).resolve().parent.parent

# ------------------------------------------------------------------------------------------------- the environment

HOME = Path(
    env(
        "KYCUONG_HOME",
        "Thư mục giữ cơ sở dữ liệu, khóa bí mật và tệp tĩnh. "
        "(Directory of the database, the secret key and the collected static files.)",
        default=str(CODE.parent / "var"),
        shown="`var/` cạnh mã nguồn",
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
    "hữu đọc được). (Signs sessions; without it a random key is made and kept in a file that only the owner may read.)",
) or file_only_i_may_read(HOME / "secret-key", lambda: secrets.token_urlsafe(64))

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
DEMO = switch(
    "KYCUONG_DEMO",
    "0 để bắt đầu với cơ sở dữ liệu trống: lần chạy đầu không nạp tỉnh minh họa. "
    "(0 starts empty: the first run does not load the demonstration province.)",
    default=True,
)
DEBUG = switch(
    "KYCUONG_DEBUG",
    "1 cho người phát triển: hiện chi tiết lỗi, đọc tệp tĩnh thẳng từ mã nguồn. Không bao giờ dùng với dữ liệu thật. "
    "(1 for developers only: error details, static files straight from the sources.)",
    default=False,
)

# --------------------------------------------------------------------------------------------------------- the parts

INSTALLED_APPS = [
    *(
        f"kycuong.{name}"
        for name in ("site", "demo", "reports", "inspections", "plans", "catalog", "orgs", "audit", "ui")
    ),
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
    "kycuong.core.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kycuong.core.middleware.Legible",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kycuong.core.middleware.SessionLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kycuong.core.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "kycuong.core.middleware.Problems",
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
                "kycuong.ui.templatetags.ui",
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
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["kycuong.site.accounts.PasswordHasher"]
RULES_OF_PASSWORDS = ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    *({"NAME": f"django.contrib.auth.password_validation.{name}"} for name in RULES_OF_PASSWORDS),
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
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
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"  # as in the credentials: the form and Basic agree on it
AXES_USERNAME_CALLABLE = "kycuong.site.accounts.attempted_name"
AXES_LOCKOUT_CALLABLE = "kycuong.site.accounts.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 3600  # absolute; SessionLimits ends what is idle
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would show the sign-in page to whoever opens a shared link from a mail
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True

# ----------------------------------------------------------------------------------------------- what a browser may do

OURS = ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "worker-src", "form-action")
NOBODYS = ("default-src", "base-uri", "frame-ancestors", "object-src")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{name: [NONE] for name in NOBODYS},
        **{name: [SELF] for name in OURS},
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --------------------------------------------------------------------------------------------- language, files, logs

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]  # the msgids are Vietnamese: another language comes with its catalogue
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["kycuong.core.formats"]

ORGS_DUTIES = ["kycuong.plans.queries.open_duties", "kycuong.inspections.queries.open_duties"]
"""Who tells what is open at units that are about to end: `orgs` knows no capability above it."""

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kycuong.site.static.HashedModules"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "kycuong.core.request_id.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": []}, "django.request": {"level": "ERROR"}},  # a missing page is no news
}
