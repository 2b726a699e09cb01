"""Addresses of signing in beyond the password, and of one's own account's security."""

from __future__ import annotations

from django.urls import path

from .views import confirm, entering, factors, keys, keys_of_others, security

app_name = "signin"

urlpatterns = [
    path("sign-in/second/", entering.second, name="second"),
    path("sign-in/passkey/", entering.passkey, name="passkey"),
    path("sign-in/passkey/options/", entering.passkey_options, name="passkey_options"),
    path("sign-in/provider/", entering.provider_begin, name="provider"),
    path("sign-in/provider/back/", entering.provider_back, name="provider_back"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("me/security/", security.security, name="security"),
    path("me/security/app/", factors.add_totp, name="add_totp"),
    path("me/security/app/removal/", factors.remove_totp, name="remove_totp"),
    path("me/security/passkeys/", factors.add_passkey, name="add_passkey"),
    path("me/security/passkeys/options/", factors.passkey_options, name="new_passkey_options"),
    path("me/security/passkeys/<uuid:uid>/removal/", factors.remove_passkey, name="remove_passkey"),
    path("me/security/codes/", factors.make_codes, name="make_codes"),
    path("me/security/keys/", keys.new_key, name="new_key"),
    path("me/security/keys/<uuid:uid>/revocation/", keys.revoke, name="revoke_key"),
    path("me/security/identities/", entering.link, name="link"),
    path("me/security/identities/<uuid:uid>/removal/", keys.unlink, name="unlink"),
    path("me/security/sessions/end/", security.end_others, name="end_others"),
    path("me/security/sessions/<uuid:uid>/end/", security.end, name="end_session"),
    path("people/<uuid:uid>/keys/", keys_of_others.keys, name="keys_of"),
    path("people/<uuid:uid>/keys/<uuid:key>/revocation/", keys_of_others.revoke, name="revoke_key_of"),
    path("people/<uuid:uid>/factors/", keys.reset, name="reset_factors"),
]
