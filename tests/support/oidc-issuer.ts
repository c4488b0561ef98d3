import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startTlsUpstream, thumbprintOf } from '../../src/outbound/testing/tls-upstream.ts'
import { testAuthority } from '../../src/tls/testing/test-certificates.ts'

type Json = Readonly<Record<string, unknown>>

/** One of an issuer's keys. */
export interface SigningKey {
  readonly kid: string
  readonly alg: 'RS256' | 'ES256' | 'ES384'
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** A real issuer of tokens, by HTTPS, with a certificate of its own authority. */
export interface OidcIssuer extends AsyncDisposable {
  /** What its tokens have as `iss`. */
  readonly url: string
  /** What AWS calls it: the URL without `https://`. */
  readonly name: string
  /** The authority's certificate, PEM, and what tells it from others. */
  readonly authority: string
  readonly thumbprint: string
  /** What it signs with, unless a token is to be signed with another. Its key set has all that were made. */
  readonly key: SigningKey
  /** Makes another key, and has the key set have it. */
  rotate(alg?: SigningKey['alg']): SigningKey
  /** A token with these claims beside the usual: good for ten minutes from now. */
  token(claims?: Json, by?: Partial<SigningKey> & { readonly header?: Json }): string
  /** How often each path was asked for. */
  readonly asked: ReadonlyMap<string, number>
  /** Answers a path otherwise than an issuer does. */
  readonly answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>
}

export const discoveryPath = '/.well-known/openid-configuration'
export const keysPath = '/keys'

/** Starts an issuer at `https://localhost:<port><path>`. */
export async function startOidcIssuer({ path = '' } = {}): Promise<OidcIssuer> {
  const authority = testAuthority()
  const { key, cert } = authority.issue(['localhost'])
  const keys = [makeKey('ES256', 'key-1')]
  const asked = new Map<string, number>()
  const answers: OidcIssuer['answers'] = new Map()
  const upstream = await startTlsUpstream({ key, chain: [cert, authority.cert] }, (request, response) => {
    const place = request.url ?? ''
    asked.set(place, (asked.get(place) ?? 0) + 1)
    const answer = answers.get(place)
    if (answer) return answer(request, response)
    const documents: Json = { [pathOf(discoveryPath)]: { issuer: url, jwks_uri }, [keysPath]: keySetOf(keys) }
    const document = documents[place]
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document ?? {}))
  })
  const url = `${upstream.url.origin}${path}`
  const jwks_uri = `${upstream.url.origin}${keysPath}`
  const pathOf = (place: string) => path.replace(/\/$/, '') + place
  const usual = () => {
    const now = Math.floor(Date.now() / 1000)
    return { iss: url, aud: 'berth', sub: 'repo:team/app:ref:refs/heads/main', iat: now, exp: now + 600 }
  }
  const latest = () => keys.at(-1) ?? makeKey('ES256', 'never')
  return {
    url,
    name: url.replace('https://', ''),
    authority: authority.cert,
    thumbprint: thumbprintOf(authority.cert),
    get key() {
      return latest()
    },
    rotate(alg = 'ES256') {
      keys.push(makeKey(alg, `key-${keys.length + 1}`))
      return latest()
    },
    token: (claims = {}, by = {}) => signToken({ ...usual(), ...claims }, { ...latest(), ...by }),
    asked,
    answers,
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  }
}

/** A pair of keys, in nobody's key set. */
export function makeKey(alg: SigningKey['alg'], kid: string): SigningKey {
  const pair =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: alg === 'ES256' ? 'P-256' : 'P-384' })
  return { kid, alg, ...pair }
}

/** Public keys as a key set has them. */
export function keySetOf(keys: readonly SigningKey[]): Json {
  return {
    keys: keys.map(({ kid, alg, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg,
      use: 'sig',
    })),
  }
}

/** A signed token. @see RFC 7515, 3.1 */
export function signToken(claims: Json, key: SigningKey & { readonly header?: Json }): string {
  const { alg, kid, privateKey, header = {} } = key
  const content = `${encode({ alg, kid, typ: 'JWT', ...header })}.${encode(claims)}`
  const hash = `sha${alg.slice(2)}`
  const signature = sign(hash, Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${content}.${signature.toString('base64url')}`
}

/** A token of which the signature is made with a secret that both sides have. */
export function signWithSecret(claims: Json, secret: string | Buffer, header: Json): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(claims)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
