// The browser's side of a passkey. What the server asks comes as JSON, and so does what goes back.

type Json = Record<string, unknown>

const WITH_BYTES = ['challenge', 'id']

export function canPasskey(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && window.isSecureContext
}

/** Null where the person changed their mind, or the device has none. */
export async function makePasskey(asked: Json): Promise<Json | null> {
  try {
    const publicKey = withBytes(asked) as unknown as PublicKeyCredentialCreationOptions
    return toJson((await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null)
  } catch {
    return null
  }
}

export async function usePasskey(asked: Json): Promise<Json | null> {
  try {
    const publicKey = withBytes(asked) as unknown as PublicKeyCredentialRequestOptions
    return toJson((await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null)
  } catch {
    return null
  }
}

function withBytes(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withBytes)
  if (part === null || typeof part !== 'object') return part
  const whole: Json = {}
  for (const [key, value] of Object.entries(part)) {
    const relyingParty = key === 'id' && 'name' in part && !('displayName' in part) // ours is a name, not bytes
    const bytes = WITH_BYTES.includes(key) && typeof value === 'string' && !relyingParty
    whole[key] = bytes ? bytesOf(value) : withBytes(value)
  }
  return whole
}

function toJson(credential: PublicKeyCredential | null): Json | null {
  if (!credential) return null
  const answer = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse
  const response: Json = { clientDataJSON: textOf(answer.clientDataJSON) }
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const)
    if (answer[name]) response[name] = textOf(answer[name])
  return { id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response }
}

function bytesOf(text: string): Uint8Array {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (one) => one.charCodeAt(0))
}

function textOf(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
