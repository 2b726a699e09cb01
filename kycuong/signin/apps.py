"""The app of how people prove who they are: second factors, access keys, sessions, an identity provider."""

from __future__ import annotations

from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "kycuong.signin"
    label = "signin"
    verbose_name = "Đăng nhập"
