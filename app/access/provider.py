"""A council's own provider of accounts (OpenID Connect): who it says somebody is, once all that it says holds.

The code flow with PKCE. The issuer is the one that was set, and the token is for us, for this visit, and not over.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE_SECONDS = 10
LEEWAY_SECONDS = 60


class NoProvider(Exception):
    """It cannot be reached, or is not the one that was set."""


@dataclass(frozen=True)
class Provider:
    issuer: str
    client_id: str
    client_secret: str | None
    redirect_uri: str


@dataclass(frozen=True)
class Visit:
    """What somebody takes along to the provider, and what they have to bring back fits."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class CameBack:
    """Who it is there, and when they last showed it; None where the provider does not say."""

    subject: str
    signed_in_at: datetime | None


AFRESH = {"prompt": "login", "max_age": "0"}  # show it again, whoever is signed in there already


async def send_to(provider: Provider, *, afresh: bool = False) -> tuple[str, Visit]:
    """The address at the provider. Raises NoProvider."""
    known = await _metadata(provider)
    visit = Visit(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    async with _client(provider) as client:
        address, _ = client.create_authorization_url(
            known["authorization_endpoint"],
            state=visit.state,
            nonce=visit.nonce,
            code_verifier=visit.verifier,
            **(AFRESH if afresh else {}),
        )
    return str(address), visit


async def who_came_back(provider: Provider, visit: Visit, brought: Mapping[str, str]) -> CameBack | None:
    """Who they are at the provider; None if anything of what they brought does not hold. Raises NoProvider."""
    if not hmac.compare_digest(brought.get("state", "").encode(), visit.state.encode()) or "code" not in brought:
        return None
    if brought.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        return None
    known = await _metadata(provider)
    try:
        async with _client(provider) as client:
            token = await client.fetch_token(
                known["token_endpoint"],
                grant_type="authorization_code",
                code=brought["code"],
                code_verifier=visit.verifier,
            )
        keys = KeySet.import_key_set(cast(Any, await _json(known["jwks_uri"])))
        return _said(provider, visit, str(token.get("id_token", "")), keys)
    except httpx2.HTTPError as cause:
        raise NoProvider from cause
    except (OAuthError, JoseError, ValueError, KeyError):
        return None


def _said(provider: Provider, visit: Visit, id_token: str, keys: KeySet) -> CameBack | None:
    claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": visit.nonce},
        sub={"essential": True},
    ).validate(claims)
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        return None
    signed_in_at = claims.get("auth_time")
    if not isinstance(signed_in_at, int):
        return CameBack(str(claims["sub"]), None)
    return CameBack(str(claims["sub"]), datetime.fromtimestamp(signed_in_at, UTC))


def _client(provider: Provider) -> Any:
    return AsyncOAuth2Client(
        provider.client_id,
        provider.client_secret,
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
        scope="openid",
        redirect_uri=provider.redirect_uri,
        code_challenge_method="S256",
        timeout=PATIENCE_SECONDS,
    )


async def _metadata(provider: Provider) -> dict[str, Any]:
    """Its own word for where it is; one that speaks for another issuer is not the one that was set."""
    known = await _json(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if known.get("issuer") != provider.issuer:
        raise NoProvider
    return known


async def _json(address: str) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            answer = await client.get(address)
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
            return told
    except (httpx2.HTTPError, ValueError) as cause:
        raise NoProvider from cause
