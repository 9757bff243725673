"""Passkeys (WebAuthn): a key that stays on somebody's device, opened by touch, face or PIN; we keep its other half."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .accounts import Account
from .ways_in import Passkey

VERIFIED = UserVerificationRequirement.REQUIRED  # the device asks for a face, finger or PIN: that is the second factor


@dataclass(frozen=True)
class Challenge:
    """What the browser is asked, and what its answer is held against."""

    options: dict[str, Any]
    challenge: str


def suits_passkeys(base_url: str) -> bool:
    """Browsers make passkeys for a name, over https or on this very machine; never for a number."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    return False


def ask_to_make(base_url: str, account: Account, name: str, known: list[bytes]) -> Challenge:
    options = webauthn.generate_registration_options(
        rp_id=urlsplit(base_url).hostname or "",
        rp_name="Kinboard",
        user_id=account.id.encode(),
        user_name=name,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=id) for id in known],
    )
    return Challenge(json.loads(webauthn.options_to_json(options)), bytes_to_base64url(options.challenge))


def made(base_url: str, account_id: str, challenge: str, credential: dict[str, Any]) -> Passkey | None:
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=urlsplit(base_url).hostname or "",
            expected_origin=base_url,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return Passkey(verified.credential_id, account_id, verified.credential_public_key, verified.sign_count)


def ask_to_use(base_url: str, known: Sequence[bytes] = ()) -> Challenge:
    """For whichever passkey the person chooses: no name is asked for, so none can be found out. With `known`, for one
    of these.
    """
    options = webauthn.generate_authentication_options(
        rp_id=urlsplit(base_url).hostname or "",
        allow_credentials=[PublicKeyCredentialDescriptor(id=id) for id in known],
        user_verification=VERIFIED,
    )
    return Challenge(json.loads(webauthn.options_to_json(options)), bytes_to_base64url(options.challenge))


def id_in(credential: dict[str, Any]) -> bytes | None:
    try:
        return base64url_to_bytes(str(credential["rawId"]))
    except (WebAuthnException, ValueError, KeyError):
        return None


def sign_count_after(base_url: str, challenge: str, credential: dict[str, Any], passkey: Passkey) -> int | None:
    """How often the key says it has been used; None if this is no answer of that key to that challenge."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=urlsplit(base_url).hostname or "",
            expected_origin=base_url,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return verified.new_sign_count
