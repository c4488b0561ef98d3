import { expect, test } from 'vitest'
import { AwsRequest } from '../aws-request.ts'
import { httpRequest } from '../testing/http-request.ts'
import { canonicalRequest } from './canonical-request.ts'
import { parseStamp } from './request-time.ts'
import { isSameSignature, sha256, sign } from './signature.ts'

/** The worked example of the AWS IAM user guide, "Create a signed AWS API request". */
const example = new AwsRequest(
  httpRequest({
    method: 'GET',
    url: '/?Action=ListUsers&Version=2010-05-08',
    headers: [
      ['Host', 'iam.amazonaws.com'],
      ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
      ['X-Amz-Date', '20150830T123600Z'],
    ],
  }),
)

test("AWS's example gives AWS's canonical request and signature", () => {
  const canonical = canonicalRequest(example, ['content-type', 'host', 'x-amz-date'], sha256(''))
  expect(sha256(canonical)).toBe('f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59')
  const scope = { date: '20150830', region: 'us-east-1', service: 'iam', terminator: 'aws4_request' }
  const time = parseStamp('20150830T123600Z') ?? new Date(0)
  expect(sign('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', { scope, time }, canonical)).toBe(
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  )
})

test('a signature equals itself and nothing else', () => {
  const signature = sha256('anything')
  expect(isSameSignature(signature, signature)).toBe(true)
  expect(isSameSignature(signature, sha256('something'))).toBe(false)
  expect(isSameSignature(signature, signature.toUpperCase())).toBe(false)
  expect(isSameSignature(signature, signature.slice(1))).toBe(false)
})
