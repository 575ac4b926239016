"""One settings file, driven by the environment. Every variable has a default that runs offline."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import environ

from litink import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

VAR = Path(env("LITINK_VAR", default=str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)
os.environ["LITINK_VAR"] = str(VAR)  # the rooms that know no Django ask the environment
DEBUG = env.bool("DEBUG", default=False)


def _local_secret() -> str:
    """A secret of this machine's own, made once: a production host sets SECRET_KEY."""
    path = VAR / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.write_text(get_random_secret_key() + get_random_secret_key())
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default="") or _local_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    *(["daphne"] if sys.argv[1:2] == ["runserver"] else []),  # 0.7 s of imports that nothing else needs
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "csp",
    "channels",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "djstripe",
    "django_q",
    "litink",
    "accounts",
    "billing",
    "projects",
    "pipeline",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.seeing.SeeingAs",
    "accounts.middleware.current_workspace",
    "accounts.zones.local_time",
]
ROOT_URLCONF = "litink.urls"
ASGI_APPLICATION = "litink.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ]
        },
    }
]

# -- database: DATABASE_URL, or the embedded PostgreSQL in var/
DATABASE_URL = env("DATABASE_URL", default="")
EMBEDDED_DATABASE = VAR / "postgres" if not DATABASE_URL else None
DATABASES = {"default": env.db_url_config(DATABASE_URL or embedded.database_url(VAR / "postgres"))}
DATABASES["default"] |= {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE", default="test_litink")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/films/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env("ACCOUNT_EMAIL_VERIFICATION", default="mandatory")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
DELETION_GRACE_DAYS = env.int("DELETION_GRACE_DAYS", default=14)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_PROVIDERS = env.json("SOCIALACCOUNT_PROVIDERS", default={})
INSTALLED_APPS += [f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS]
if env("SMTP_URL", default=""):
    vars().update(env.email_url("SMTP_URL"))
else:
    EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="LitinkAI <hello@litink.example>")

# -- files: S3 and friends by environment, var/media otherwise
CSRF_FAILURE_VIEW = "litink.views.forged"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
SHOWN = VAR / "shown"  # what the project made itself and shows on its landing page
SHOWN.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", SHOWN]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "litink.fonts.FontFinder",
]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR / "media")))
WORK_ROOT = VAR / "work"
CACHE_ROOT = VAR / "cache"  # what can be made again: small pictures, samples of voices
_s3 = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": env("S3_BUCKET", default=""),
        "endpoint_url": env("S3_ENDPOINT_URL", default=None),
        "access_key": env("S3_ACCESS_KEY", default=None),
        "secret_key": env("S3_SECRET_KEY", default=None),
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": True,
    },
}
STORAGES = {
    "default": _s3 if env("S3_BUCKET", default="") else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Straight from the sources, or what collectstatic has gathered and compressed: `manage.py serve` and the Procfile say so.
WHITENOISE_USE_FINDERS = not env.bool("STATIC_COLLECTED", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)

# -- the queue: django-q2 over our own broker; a doorbell, never a ledger
Q_CLUSTER = {
    "name": "litink",
    "broker_class": "pipeline.broker.Doorbells",
    "workers": env.int("CALL_WORKERS", default=2),
    "queue_limit": 1,
    "timeout": 24 * 3600,  # stages have their own time-outs; this one only satisfies django-q
    "retry": 48 * 3600,
    "ack_failures": True,
    "max_attempts": 1,
    "save_limit": -1,
    "recycle": 10**9,
    "catch_up": False,
    "scheduler": False,
    "label": "queue",
    "guard_cycle": 1,
    "ALT_CLUSTERS": {
        "calls": {"workers": env.int("CALL_WORKERS", default=2)},
        "render": {"workers": env.int("RENDER_WORKERS", default=0) or os.cpu_count() or 1},
    },
}

# What workspaces' own keys of providers are encrypted with, the newest first; `manage.py rotatekeys` after a new one.
PROVIDER_KEY_SECRETS = env.list("PROVIDER_KEY_SECRETS", default=[])

# {key: dotted path of a tuple of stages}: workflows from elsewhere, over the same engine
EXTRA_WORKFLOWS = env.dict("EXTRA_WORKFLOWS", default={})

# -- live progress
REDIS_URL = env("REDIS_URL", default="")
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
}

# -- money
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_LIVE_MODE = STRIPE_SECRET_KEY.startswith(("sk_live", "rk_live"))
STRIPE_TEST_SECRET_KEY = STRIPE_SECRET_KEY if not STRIPE_LIVE_MODE else ""
STRIPE_LIVE_SECRET_KEY = STRIPE_SECRET_KEY if STRIPE_LIVE_MODE else ""
STRIPE_API_VERSION = env("STRIPE_API_VERSION", default="2026-08-26.dahlia")
if env("STRIPE_API_HOST", default=""):  # a fake Stripe
    STRIPE_API_HOST = env("STRIPE_API_HOST")
# The tables of dj-stripe at once: its own forty migrations cost a fresh database most of a minute.
# `makemigrations --check` says when a newer dj-stripe wants another one here.
MIGRATION_MODULES = {"djstripe": "billing.stripe_tables"}
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"
DJSTRIPE_SUBSCRIBER_MODEL = "accounts.Workspace"
DJSTRIPE_SUBSCRIBER_MODEL_REQUEST_CALLBACK = "accounts.middleware.subscriber"

# -- words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "litink" / "locale"]
FORMAT_MODULE_PATH = "litink.formats"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# -- security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_self = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_self],
        "img-src": [_self, "data:", "blob:"],
        "media-src": [_self, "blob:"],
        "connect-src": [_self],
        "frame-ancestors": ["'none'"],
        "base-uri": [_self],
        "form-action": [_self, "https://checkout.stripe.com", "https://billing.stripe.com"],
        "object-src": ["'none'"],
    }
}

# -- logs: ids and numbers only; manuscript text and keys never
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname).1s %(name)s %(message)s", "datefmt": "%H:%M:%S"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"django-q": {"level": env("LOG_LEVEL", default="ERROR")}},
}
if env("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(
        env("SENTRY_DSN"), send_default_pii=False, include_local_variables=False, max_request_body_size="never"
    )

SILENCED_SYSTEM_CHECKS = ["djstripe.I003", "djstripe.C001", "djstripe.W003"] if not STRIPE_SECRET_KEY else []
