import { expect, test } from 'vitest'
import { jsonOf, openFrontDesk } from '../testing/front-desk.ts'
import { presign, signHeader } from '../testing/official-signer.ts'
import { signer } from '../testing/signing-world.ts'

const identity = 'Action=GetCallerIdentity&Version=2011-06-15'
const stsSigner = { ...signer, service: 'sts' }

test('a form is answered in XML', async () => {
  expect(await openFrontDesk().sts(identity)).toEqual({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-RequestId': 'request-1' },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      '<GetCallerIdentityResult><UserId>111122223333</UserId><Account>111122223333</Account>' +
      '<Arn>arn:aws:iam::111122223333:root</Arn></GetCallerIdentityResult>' +
      '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  })
})

test('without a version, the signature says which service is meant', async () => {
  expect((await openFrontDesk().sts('Action=GetCallerIdentity')).status).toBe(200)
})

test('a presigned GET carries the whole call in its URL', async () => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' }
  const response = await openFrontDesk().send(await presign({ method: 'GET', query }, stsSigner))
  expect(response.status).toBe(200)
})

test('a GET that accepts JSON is answered in JSON', async () => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' }
  const request = { method: 'GET', query, headers: { accept: 'application/json' } }
  const response = await openFrontDesk().send(await signHeader(request, stsSigner))
  expect(response.headers['content-type']).toBe('application/json')
  expect(jsonOf(response)).toEqual({
    GetCallerIdentityResponse: {
      GetCallerIdentityResult: {
        UserId: '111122223333',
        Account: '111122223333',
        Arn: 'arn:aws:iam::111122223333:root',
      },
      ResponseMetadata: { RequestId: 'request-1' },
    },
  })
})

test('a GET that accepts JSON hears of errors in JSON', async () => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' }
  const request = { method: 'GET', query, headers: { accept: 'application/json' } }
  const response = await openFrontDesk().send(
    await signHeader(request, { ...stsSigner, keyId: 'AKIANOBODY' }),
  )
  expect(response.status).toBe(403)
  expect(jsonOf(response)).toEqual({
    ErrorResponse: {
      Error: {
        Type: 'Sender',
        Code: 'InvalidClientTokenId',
        Message: 'The security token included in the request is invalid.',
      },
      RequestId: 'request-1',
    },
  })
})

test.each([
  [
    'Action=AssumeRole&Version=2011-06-15',
    400,
    'InvalidAction',
    /^Berth does not offer the operation &apos;AssumeRole&apos; of sts in version 2011-06-15/,
  ],
  [
    'Action=ListTopics&Version=2010-03-31',
    400,
    'InvalidAction',
    /&apos;ListTopics&apos; of a service in version 2010-03-31/,
  ],
  ['Action=%3Cb%3E&Version=2011-06-15', 400, 'InvalidAction', /&apos;&lt;b&gt;&apos;/],
  ['Version=2011-06-15', 400, 'MissingAction', /missing its Action/],
  ['Action=%zz', 400, 'MalformedInput', /percent-encoding/],
  [`${identity}&Action=Other`, 400, 'MalformedInput', /more than once/],
])('the form %s is refused', async (form, status, code, message) => {
  const response = await openFrontDesk().sts(form)
  expect(response.status).toBe(status)
  expect(response.body).toContain(`<Error><Type>Sender</Type><Code>${code}</Code><Message>`)
  expect(/<Message>(.*)<\/Message>/.exec(String(response.body))?.[1]).toMatch(message)
  expect(response.body).toContain('</Error><RequestId>request-1</RequestId></ErrorResponse>')
})

test.each([
  [403, 'MissingAuthenticationToken', 'Request is missing Authentication Token', {}],
  [
    403,
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    { keyId: 'AKIANOBODY' },
  ],
  [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match', { secret: 'wrong' }],
  [
    403,
    'SignatureDoesNotMatch',
    'Credential should be scoped to correct service: &apos;sts&apos;.',
    { service: 'ecr' },
  ],
  [403, 'SignatureDoesNotMatch', '20260301T080000Z - 15 min.', { time: new Date('2026-03-01T07:44:59Z') }],
  [403, 'SignatureDoesNotMatch', '20260301T080000Z + 15 min.', { time: new Date('2026-03-01T08:15:01Z') }],
])('a signature that fails is answered with %d %s: %s', async (status, code, message, difference) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const signed = await signHeader({ body: identity, headers }, { ...stsSigner, ...difference })
  const unsigned = { ...signed, headers: Object.entries(headers) }
  const response = await openFrontDesk().send(code.startsWith('Missing') ? unsigned : signed)
  expect(response.status).toBe(status)
  expect(response.body).toContain(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">`)
  expect(response.body).toContain(`<Code>${code}</Code>`)
  expect(response.body).toContain(message)
})

test.each([
  ['PUT', '/'],
  ['POST', '/path'],
])('nothing answers a form with %s %s', async (method, url) => {
  const headers = [['content-type', 'application/x-www-form-urlencoded']] as const
  expect(await openFrontDesk().send({ method, url, headers, body: identity })).toMatchObject({ status: 404 })
})
