import { expect, test } from 'vitest'
import { AwsRequest } from '../aws-request.ts'
import { httpRequest, type RequestParts } from '../testing/http-request.ts'
import { presign, signHeader } from '../testing/official-signer.ts'
import {
  headerOf,
  keys,
  now,
  principal,
  refusalOf,
  signer,
  temporary,
  temporarySigner,
  verify,
  withHeader,
} from '../testing/signing-world.ts'
import { authenticate } from './authenticate.ts'

interface Case {
  readonly reason: string
  readonly message: string | RegExp
  readonly request: () => Promise<RequestParts>
}

const expired = 'The security token included in the request is expired'
const invalidToken = 'The security token included in the request is invalid.'

test.each<Case>([
  {
    reason: 'missing-authentication',
    message: 'Missing Authentication Token',
    request: async () => ({ headers: [['Host', 'localhost:4566']] }),
  },
  {
    reason: 'incomplete-signature',
    message:
      /^Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. \(Hashed with SHA-256 and encoded with Base64\) Authorization=/,
    request: async () => ({ headers: [['Authorization', 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e']] }),
  },
  {
    reason: 'incomplete-signature',
    message:
      /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\./,
    request: async () => ({ headers: [['Authorization', 'Bearer abc']] }),
  },
  {
    reason: 'incomplete-signature',
    message: /^'nonsense' not a valid key=value pair \(missing equal-sign\) in Authorization header/,
    request: async () => ({ headers: [['Authorization', 'AWS4-HMAC-SHA256 nonsense']] }),
  },
  {
    reason: 'incomplete-signature',
    message: "Authorization header holds 'Credential' more than once.",
    request: async () => ({ headers: [['Authorization', 'AWS4-HMAC-SHA256 Credential=a, Credential=b']] }),
  },
  {
    reason: 'incomplete-signature',
    message: "Header 'authorization' must not appear more than once.",
    request: async () => {
      const { headers = [], ...parts } = await signHeader({}, signer)
      return { ...parts, headers: [...headers, ['Authorization', 'AWS4-HMAC-SHA256 x=y']] }
    },
  },
  {
    reason: 'incomplete-signature',
    message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    request: () => changeAuthorization((text) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')),
  },
  {
    reason: 'incomplete-signature',
    message: /^Credential must have exactly 5 slash-delimited elements/,
    request: () => changeAuthorization((text) => text.replace('/aws4_request', '')),
  },
  {
    reason: 'incomplete-signature',
    message: "'SignedHeaders' must name each header once, in lower case, got 'host;host;x-amz-date'.",
    request: () => changeAuthorization((text) => text.replace('=host;', '=host;host;')),
  },
  {
    reason: 'incomplete-signature',
    message: "'SignedHeaders' must name each header once, in lower case, got 'Host;x-amz-date'.",
    request: () => changeAuthorization((text) => text.replace('=host;', '=Host;')),
  },
  {
    reason: 'signature-mismatch',
    message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    request: () => changeAuthorization((text) => text.replace('=host;', '=')),
  },
  {
    reason: 'incomplete-signature',
    message:
      "Date must be in ISO-8601 'basic format'. Got '2026-03-01'. See http://en.wikipedia.org/wiki/ISO_8601",
    request: async () => withHeader(await signHeader({}, signer), 'x-amz-date', '2026-03-01'),
  },
  {
    reason: 'signature-mismatch',
    message: "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
    request: () => changeAuthorization((text) => text.replace('aws4_request', 'aws5_request')),
  },
  {
    reason: 'signature-mismatch',
    message: "Credential should be scoped to correct service: 'ecr'.",
    request: () => signHeader({}, { ...signer, service: 'sts' }),
  },
  {
    reason: 'signature-mismatch',
    message: "Credential should be scoped to a valid region, not 'Mars!'.",
    request: () => signHeader({}, { ...signer, region: 'Mars!' }),
  },
  {
    reason: 'signature-mismatch',
    message:
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260228' != '20260301', from '20260301T080000Z'.",
    request: () => changeAuthorization((text) => text.replace('/20260301/', '/20260228/')),
  },
  {
    reason: 'unknown-key',
    message: invalidToken,
    request: () => signHeader({}, { ...signer, keyId: 'AKIANOBODY' }),
  },
  {
    reason: 'unknown-key',
    message: invalidToken,
    request: () => signHeader({}, { ...signer, sessionToken: 'a token for a long-term key' }),
  },
  {
    reason: 'unknown-key',
    message: invalidToken,
    request: () => signHeader({}, { ...temporarySigner, sessionToken: 'wrong' }),
  },
  {
    reason: 'unknown-key',
    message: invalidToken,
    request: () => signHeader({}, { ...signer, keyId: temporary.id, secret: temporary.secret }),
  },
  {
    reason: 'signature-mismatch',
    message:
      'Signature expired: 20260301T075459Z is now earlier than 20260301T075500Z (20260301T080000Z - 5 min.)',
    request: () => signHeader({}, { ...signer, time: new Date('2026-03-01T07:54:59Z') }),
  },
  {
    reason: 'signature-mismatch',
    message:
      'Signature not yet current: 20260301T080501Z is still later than 20260301T080500Z (20260301T080000Z + 5 min.)',
    request: () => signHeader({}, { ...signer, time: new Date('2026-03-01T08:05:01Z') }),
  },
  {
    reason: 'signature-mismatch',
    message:
      /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret/,
    request: () => signHeader({}, { ...signer, secret: 'wrong' }),
  },
  {
    reason: 'signature-mismatch',
    message:
      'Signature expired: 20260301T075859Z is now earlier than 20260301T075900Z (20260301T080000Z - 1 min.)',
    request: () => presign({}, { ...signer, time: new Date('2026-03-01T07:58:59Z') }, 60),
  },
  {
    reason: 'signature-mismatch',
    message:
      'Signature expired: 20260301T074459Z is now earlier than 20260301T074500Z (20260301T080000Z - 15 min.)',
    request: () => presign({}, { ...signer, time: new Date('2026-03-01T07:44:59Z') }, 604_800),
  },
  {
    reason: 'signature-mismatch',
    message: /^Signature not yet current: 20260301T080501Z/,
    request: () => presign({}, { ...signer, time: new Date('2026-03-01T08:05:01Z') }),
  },
  {
    reason: 'incomplete-signature',
    message: /^Only one auth mechanism allowed/,
    request: async () => {
      const { headers = [], ...parts } = await presign({}, signer)
      return { ...parts, headers: [...headers, ['Authorization', 'AWS4-HMAC-SHA256 Credential=x']] }
    },
  },
  {
    reason: 'incomplete-signature',
    message:
      "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    request: () => changeUrl((url) => url.replaceAll(/X-Amz-(Credential|Date)/g, 'X-Other')),
  },
  {
    reason: 'incomplete-signature',
    message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    request: () => changeUrl((url) => url.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')),
  },
  {
    reason: 'incomplete-signature',
    message: "AWS query-string parameter 'X-Amz-Date' must not appear more than once.",
    request: () => changeUrl((url) => `${url}&X-Amz-Date=20260301T080000Z`),
  },
  {
    reason: 'incomplete-signature',
    message: "X-Amz-Expires must be between 1 and 604800 seconds. Got '604801'.",
    request: () => changeUrl((url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801')),
  },
  {
    reason: 'incomplete-signature',
    message: "X-Amz-Date must be formatted via ISO-8601 'basic format'. Got '20260230T080000Z'.",
    request: () => changeUrl((url) => url.replace('20260301T080000Z', '20260230T080000Z')),
  },
])('$reason: $message', async ({ reason, message, request }) => {
  const refusal = await refusalOf(await request())
  expect(refusal).toMatchObject({
    reason,
    message: message instanceof RegExp ? expect.stringMatching(message) : message,
  })
})

test('a session past its end is told so, even with the right signature', async () => {
  const later = new Date('2026-03-01T09:00:00Z')
  const parts = await signHeader({}, { ...temporarySigner, time: later })
  expect(await refusalOf(parts, later)).toMatchObject({ reason: 'expired-session', message: expired })
})

test('an unknown key is told apart from a wrong signature, a wrong clock is not asked of it', async () => {
  const parts = await signHeader(
    {},
    { ...signer, keyId: 'AKIANOBODY', time: new Date('2020-01-01T00:00:00Z') },
  )
  expect(await refusalOf(parts)).toMatchObject({ reason: 'unknown-key' })
})

test('signatures to the last second of the clock window are accepted', async () => {
  for (const time of ['2026-03-01T07:55:00Z', '2026-03-01T08:05:00Z']) {
    expect(await verify(await signHeader({}, { ...signer, time: new Date(time) }))).toMatchObject({
      caller: principal,
    })
  }
})

test('some services allow a wider clock window', async () => {
  const parts = await signHeader({}, { ...signer, service: 'sts', time: new Date('2026-03-01T08:15:00Z') })
  const service = { name: 'sts', clockMinutes: 15 }
  const signature = await authenticate(new AwsRequest(httpRequest(parts)), service, { keys, now: () => now })
  expect(signature.verify(new Uint8Array())).toMatchObject({ caller: principal })
})

test('a presigned URL without X-Amz-Expires lives for a quarter of an hour', async () => {
  const parts = await changeUrl((url) => url.replace('X-Amz-Expires=60&', ''))
  expect(await refusalOf(parts)).toMatchObject({ reason: 'signature-mismatch' })
})

async function changeAuthorization(change: (text: string) => string): Promise<RequestParts> {
  const parts = await signHeader({}, signer)
  return withHeader(parts, 'authorization', change(headerOf(parts, 'authorization')))
}

async function changeUrl(change: (url: string) => string): Promise<RequestParts> {
  const parts = await presign({}, signer)
  return { ...parts, url: change(parts.url ?? '') }
}
