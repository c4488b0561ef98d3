import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  discoveryPath,
  encode,
  keySetOf,
  keysPath,
  makeKey,
  type OidcIssuer,
  type SigningKey,
  signWithSecret,
  startOidcIssuer,
} from '../../support/oidc-issuer.ts'
import { type LocalBerth, startBerth } from '../../support/start-berth.ts'
import {
  account,
  assumeWithToken,
  believe,
  iamOf,
  providerArn,
  trustIn,
} from '../../support/web-identity-world.ts'
import { AwsCaller, succeed } from '../support/callers.ts'

// What has been done to servers that believe tokens (RFC 8725, 2), and to those that go where somebody tells them.

const refused = ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity']
const worthless = [
  'InvalidIdentityToken',
  'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.',
]
const outOfReach = [
  'IDPCommunicationError',
  'The identity provider that was asked to verify the incoming identity token could not be reached.',
]
const noKey = [
  'InvalidIdentityToken',
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
]

let berth: LocalBerth
let issuer: OidcIssuer
let iam: ReturnType<typeof iamOf>
let keys: readonly SigningKey[]

beforeAll(async () => {
  berth = await startBerth({ outboundNetworks: '127.0.0.0/8' })
  issuer = await startOidcIssuer()
  keys = [issuer.key, issuer.rotate('RS256'), issuer.rotate('ES384'), issuer.rotate('ES256')]
  iam = iamOf(berth)
  await believe(iam, issuer, ['berth', 'other'])
  await iam('CreateRole', { RoleName: 'ci', AssumeRolePolicyDocument: trustIn(issuer) })
})
beforeEach(() => trust({}))
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await issuer[Symbol.asyncDispose]()
  await berth[Symbol.asyncDispose]()
})

function trust(condition: object, whom = issuer) {
  return iam('UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument: trustIn(whom, condition) })
}

async function verdict(token: string, more?: Readonly<Record<string, string>>) {
  const { code, message } = await assumeWithToken(berth, token, more)
  return code === 'Success' ? code : [code, message]
}

const now = () => Math.floor(Date.now() / 1000)
const claims = () => JSON.parse(Buffer.from(issuer.token().split('.')[1] ?? '', 'base64url').toString())

test('a good token is good, whichever of its keys the issuer signs with', async () => {
  for (const key of keys) expect(await verdict(issuer.token({}, key))).toBe('Success')
})

test('an unsigned token, by whatever spelling of none, is worth nothing', async () => {
  for (const alg of ['none', 'None', 'NONE', ''])
    expect(await verdict(`${encode({ alg, kid: issuer.key.kid })}.${encode(claims())}.`)).toEqual(worthless)
})

test("a signature made with the issuer's public key as a shared secret is none", async () => {
  const { publicKey, kid } = issuer.key
  const secrets = [
    publicKey.export({ type: 'spki', format: 'pem' }),
    publicKey.export({ type: 'spki', format: 'der' }),
    JSON.stringify(publicKey.export({ format: 'jwk' })),
  ]
  for (const secret of secrets)
    expect(await verdict(signWithSecret(claims(), secret, { kid }))).toEqual(worthless)
})

test('the key of somebody else is none, under whichever name, and neither is one that the token brings', async () => {
  const stranger = makeKey('ES256', issuer.key.kid)
  expect(await verdict(issuer.token({}, stranger))).toEqual(worthless)
  expect(await verdict(issuer.token({}, { ...stranger, kid: 'key-of-mine' }))).toEqual(noKey)
  const [jwk] = keySetOf([stranger]).keys as readonly object[]
  const header = { jwk, jku: `${issuer.url}/mine`, x5u: `${issuer.url}/mine` }
  expect(await verdict(issuer.token({}, { ...stranger, header }))).toEqual(worthless)
  expect(issuer.asked.get('/mine')).toBeUndefined()
})

test('the token of another issuer in which ours is named is worth nothing', async () => {
  await using other = await startOidcIssuer()
  await believe(iam, other)
  expect(await verdict(other.token({ iss: issuer.url }))).toEqual(worthless)
  expect(await verdict(other.token())).toEqual(refused)
})

test('a token with one character changed is worth nothing', async () => {
  const token = issuer.token()
  const [header = '', payload = '', signature = ''] = token.split('.')
  const other = Buffer.from(payload, 'base64url').toString().replace('team/app', 'team/apx')
  expect(await verdict([header, Buffer.from(other).toString('base64url'), signature].join('.'))).toEqual(
    worthless,
  )
  expect(await verdict(token.slice(0, -8))).toEqual(worthless)
  expect(await verdict(issuer.token({}, { header: { crit: ['b64'], b64: false } }))).toEqual(worthless)
  for (const text of ['aaaa', 'a.b.c', '....', `${token}.${token}`, '.'.repeat(20_000)])
    expect((await verdict(text))[0]).toBe('InvalidIdentityToken')
})

test('an issuer is known to the letter: no slash more, no other case, no other port', async () => {
  for (const iss of [
    `${issuer.url}/`,
    issuer.url.replace('localhost', 'LOCALHOST'),
    'https://localhost',
    issuer.name,
  ])
    expect((await verdict(issuer.token({ iss })))[0]).toBe('InvalidIdentityToken')
  expect(await verdict(issuer.token({ iss: `${issuer.url}/` }))).toEqual([
    'InvalidIdentityToken',
    `No OpenIDConnect provider found in your account for ${issuer.url}/`,
  ])
})

test('a token is good for five minutes after its end, for clocks that differ, and no longer', async () => {
  expect(await verdict(issuer.token({ exp: now() - 200 }))).toBe('Success')
  const exp = now() - 301
  expect(await verdict(issuer.token({ exp }))).toEqual([
    'ExpiredTokenException',
    expect.stringMatching(
      new RegExp(`^Token expired: current date/time \\d+ must be before the expiration date/time ${exp}$`),
    ),
  ])
  for (const claim of ['iat', 'nbf'])
    expect((await verdict(issuer.token({ [claim]: now() + 400 })))[0]).toBe('IDPRejectedClaim')
  for (const exp of [undefined, null, String(now() + 60), Number.MAX_VALUE * 10])
    expect((await verdict(issuer.token({ exp })))[0]).toBe('InvalidIdentityToken')
})

test('a token is for whom it names: its authorized party, or one of its audiences', async () => {
  const wrong = ['InvalidIdentityToken', 'Incorrect token audience']
  expect(await verdict(issuer.token({ aud: ['elsewhere', 'other'] }))).toBe('Success')
  expect(await verdict(issuer.token({ aud: ['elsewhere'], azp: 'berth' }))).toBe('Success')
  expect(await verdict(issuer.token({ aud: 'berth', azp: 'elsewhere' }))).toEqual(wrong)
  for (const aud of ['Berth', 'berth ', ['ber', 'th'], 'berth,other']) {
    expect(await verdict(issuer.token({ aud }))).toEqual(wrong)
  }
  for (const aud of [undefined, { 0: 'berth' }, ['berth', 7], []])
    expect((await verdict(issuer.token({ aud })))[0]).toBe('InvalidIdentityToken')
  await trust({ StringEquals: { [`${issuer.name}:aud`]: 'other' } })
  expect(await verdict(issuer.token())).toEqual(refused)
  expect(await verdict(issuer.token({ aud: ['x', 'other'] }))).toBe('Success')
})

test('a condition on the subject is held against the subject alone', async () => {
  await trust({ StringLike: { [`${issuer.name}:sub`]: 'repo:team/*:ref:refs/heads/main' } })
  expect(await verdict(issuer.token())).toBe('Success')
  for (const sub of [
    'repo:team2/app:ref:refs/heads/main',
    'repo:team/app:ref:refs/heads/mainx',
    '*',
    'REPO:team/app:ref:refs/heads/main',
  ])
    expect(await verdict(issuer.token({ sub }))).toEqual(refused)
  const good = 'repo:team/app:ref:refs/heads/main'
  for (const more of [{ SUB: good }, { Sub: good, sUB: good }, { [`${issuer.name}:sub`]: good }])
    expect(await verdict(issuer.token({ sub: 'repo:evil/app:x', ...more }))).toEqual(refused)
  for (const sub of [undefined, '', [good], { toString: good }])
    expect((await verdict(issuer.token({ sub })))[0]).toBe('InvalidIdentityToken')
})

test('two claims that differ in case alone are as good as none', async () => {
  await trust({ StringEquals: { [`${issuer.name}:environment`]: 'production' } })
  expect(await verdict(issuer.token({ environment: 'production' }))).toBe('Success')
  expect(await verdict(issuer.token({ environment: 'test', Environment: 'production' }))).toEqual(refused)
})

test('what one issuer may is no other issuer to have, whatever its tokens call themselves', async () => {
  await using nested = await startOidcIssuer({ path: '/nested' })
  await believe(iam, nested)
  await trust({}, nested)
  expect(await verdict(nested.token({ sub: 'main' }))).toBe('Success')
  const port = new URL(nested.url).port
  for (const sub of [`${port}/nested:berth:main`, 'main'])
    expect(await verdict(issuer.token({ sub }))).toEqual(refused)
})

test("a provider of another account is none of the role's", async () => {
  const others = await newAccount()
  await using foreign = await startOidcIssuer()
  const { url: Url, thumbprint } = foreign
  const wanted = { Url, ClientIDList: ['berth'], ThumbprintList: [thumbprint] }
  await iam('CreateOpenIDConnectProvider', wanted, others)
  const principal = `arn:aws:iam::444455556666:oidc-provider/${foreign.name}`
  const PolicyDocument = trustIn(foreign).replace(providerArn(foreign), principal)
  await iam('UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument })
  expect((await verdict(foreign.token()))[0]).toBe('InvalidIdentityToken')
  const RoleArn = 'arn:aws:iam::444455556666:role/ci'
  expect(await verdict(foreign.token(), { RoleArn })).toEqual(refused)
})

async function newAccount() {
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const root = { accessKeyId, secretAccessKey }
  const wanted = { accountId: '444455556666' }
  const created = await succeed(new AwsCaller(berth).call('berth', 'CreateAccount', wanted, root))
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = JSON.parse(created)
  return { AccessKeyId, SecretAccessKey }
}

test('a role that does not trust, or is not there, answers like one that does not know the bearer', async () => {
  await trust({ StringEquals: { [`${issuer.name}:sub`]: 'somebody' } })
  expect(await verdict(issuer.token())).toEqual(refused)
  expect(await verdict(issuer.token(), { RoleArn: `arn:aws:iam::${account}:role/none` })).toEqual(refused)
})

test('what a token says of its session needs its own permission', async () => {
  const tags = { principal_tags: { team: ['web'] }, transitive_tag_keys: ['team'] }
  const tagged = issuer.token({ 'https://aws.amazon.com/tags': tags })
  const named = issuer.token({ 'https://aws.amazon.com/source_identity': 'ann' })
  expect(await verdict(tagged)).toEqual(['AccessDenied', 'Not authorized to perform sts:TagSession'])
  expect(await verdict(named)).toEqual(['AccessDenied', 'Not authorized to perform sts:SetSourceIdentity'])
  const all = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']
  await iam('UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument: trustIn(issuer, {}, all) })
  expect([await verdict(tagged), await verdict(named)]).toEqual(['Success', 'Success'])
  for (const wrong of [
    'web',
    { principal_tags: { team: ['a', 'b'] } },
    { principal_tags: { 'a<b': 'c' } },
    { transitive_tag_keys: 'team' },
  ])
    expect((await verdict(issuer.token({ 'https://aws.amazon.com/tags': wrong })))[0]).toBe(
      'IDPRejectedClaim',
    )
})

test('a deleted provider is none at once, and neither is one that was given other clients', async () => {
  await using short = await startOidcIssuer()
  await believe(iam, short)
  await trust({}, short)
  const OpenIDConnectProviderArn = providerArn(short)
  expect(await verdict(short.token())).toBe('Success')
  await iam('RemoveClientIDFromOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID: 'berth' })
  expect(await verdict(short.token())).toEqual(['InvalidIdentityToken', 'Incorrect token audience'])
  await iam('AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID: 'berth' })
  expect(await verdict(short.token())).toBe('Success')
  await iam('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn })
  expect((await verdict(short.token()))[1]).toBe(
    `No OpenIDConnect provider found in your account for ${short.url}`,
  )
})

test('nobody has an issuer asked again and again: neither by unknown keys nor by tokens that are worth nothing anyway', async () => {
  await using quiet = await startOidcIssuer()
  await believe(iam, quiet)
  await trust({}, quiet)
  for (const claims of [{ exp: 1 }, { aud: 'elsewhere' }, { sub: '' }]) await verdict(quiet.token(claims))
  expect(quiet.asked.size).toBe(0)
  const unknown = Array.from({ length: 20 }, (_, at) => makeKey('ES256', `unknown-${at}`))
  const verdicts = await Promise.all(unknown.map((key) => verdict(quiet.token({}, key))))
  expect(verdicts).toEqual(unknown.map(() => noKey))
  expect([quiet.asked.get(discoveryPath), quiet.asked.get(keysPath)]).toEqual([1, 1])
})

test.each<[string, (issuer: OidcIssuer) => void, readonly string[]]>([
  [
    'a key set without end',
    ({ answers }) =>
      answers.set(keysPath, (_, response) => {
        response.writeHead(200)
        response.on('error', () => undefined)
        const more = () => response.write('['.repeat(65_536)) && setImmediate(more)
        response.on('drain', more)
        more()
      }),
    noKey,
  ],
  [
    'a key set of a thousand keys',
    ({ answers, key }) =>
      answers.set(
        keysPath,
        (_, response) => void response.end(JSON.stringify(keySetOf(Array(1_000).fill(key)))),
      ),
    noKey,
  ],
  [
    'the configuration of another issuer',
    ({ answers, url }) =>
      answers.set(
        discoveryPath,
        (_, response) =>
          void response.end(JSON.stringify({ issuer: `${url}/other`, jwks_uri: `${url}${keysPath}` })),
      ),
    noKey,
  ],
  [
    'a key set by plain HTTP',
    ({ answers, url }) =>
      answers.set(
        discoveryPath,
        (_, response) =>
          void response.end(
            JSON.stringify({ issuer: url, jwks_uri: url.replace('https', 'http') + keysPath }),
          ),
      ),
    noKey,
  ],
  [
    "a key set at a cloud's metadata service",
    ({ answers, url }) =>
      answers.set(
        discoveryPath,
        (_, response) =>
          void response.end(
            JSON.stringify({ issuer: url, jwks_uri: 'https://169.254.169.254/latest/meta-data' }),
          ),
      ),
    noKey,
  ],
  [
    'a way from there to the metadata service',
    ({ answers }) =>
      answers.set(
        keysPath,
        (_, response) => void response.writeHead(302, { location: 'https://169.254.169.254/' }).end(),
      ),
    noKey,
  ],
  [
    'not found',
    ({ answers }) => answers.set(keysPath, (_, response) => void response.writeHead(404).end()),
    noKey,
  ],
  [
    'an error of its own',
    ({ answers }) => answers.set(keysPath, (_, response) => void response.writeHead(503).end()),
    outOfReach,
  ],
  ['no JSON', ({ answers }) => answers.set(keysPath, (_, response) => void response.end('<html>')), noKey],
])('an issuer that answers with %s is not believed', async (_, spoil, expected) => {
  await using spoilt = await startOidcIssuer()
  spoil(spoilt)
  await believe(iam, spoilt)
  await trust({}, spoilt)
  expect(await verdict(spoilt.token())).toEqual(expected)
})

test('a shared secret in a key set is no key', async () => {
  await using careless = await startOidcIssuer()
  const secret = Buffer.from('secret')
  const oct = { kty: 'oct', kid: 'shared', alg: 'HS256', k: secret.toString('base64url') }
  careless.answers.set(keysPath, (_, response) => void response.end(JSON.stringify({ keys: [oct] })))
  await believe(iam, careless)
  await trust({}, careless)
  const good = JSON.parse(Buffer.from(careless.token().split('.')[1] ?? '', 'base64url').toString())
  expect(await verdict(signWithSecret(good, secret, { kid: 'shared' }))).toEqual(worthless)
  expect(await verdict(careless.token({}, { kid: 'shared' }))).toEqual(noKey)
})

test.each(['https://169.254.169.254', 'https://10.0.0.7', 'https://[fd00:ec2::254]'])(
  'nobody gets Berth to go to %s by calling it an issuer',
  async (Url) => {
    const name = Url.replace('https://', '')
    await iam('CreateOpenIDConnectProvider', { Url, ClientIDList: ['berth'] })
    await trust({}, { ...issuer, name })
    expect(await verdict(issuer.token({ iss: Url }))).toEqual(noKey)
  },
)

test('an issuer that is out of reach is told so, since that may pass', async () => {
  const gone = await startOidcIssuer()
  await believe(iam, gone)
  await trust({}, gone)
  await gone[Symbol.asyncDispose]()
  expect(await verdict(gone.token())).toEqual(outOfReach)
})

test('an issuer for whom nobody vouches is believed once its thumbprint is given', async () => {
  await using unknown = await startOidcIssuer()
  await iam('CreateOpenIDConnectProvider', { Url: unknown.url, ClientIDList: ['berth'] })
  await trust({}, unknown)
  expect(await verdict(unknown.token())).toEqual(noKey)
  const change = { OpenIDConnectProviderArn: providerArn(unknown), ThumbprintList: [unknown.thumbprint] }
  await iam('UpdateOpenIDConnectProviderThumbprint', change)
  expect(await verdict(unknown.token())).toBe('Success')
})
