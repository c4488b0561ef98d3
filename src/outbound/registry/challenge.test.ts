import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readChallenge } from './challenge.ts'

test.each([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
    { scheme: 'bearer', realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
  ],
  [
    'bearer Realm = "https://a/t?x=1,2" , service=b',
    { scheme: 'bearer', realm: 'https://a/t?x=1,2', service: 'b' },
  ],
  [
    'Basic realm="https://a/",service="ecr.amazonaws.com"',
    { scheme: 'basic', realm: 'https://a/', service: 'ecr.amazonaws.com' },
  ],
  ['Bearer realm="a \\"quoted\\" one"', { scheme: 'bearer', realm: 'a "quoted" one', service: undefined }],
  ['Bearer realm="first", realm="second"', { scheme: 'bearer', realm: 'first', service: undefined }],
  ['Bearer', { scheme: 'bearer', realm: undefined, service: undefined }],
  ['Negotiate', undefined],
  ['BearerX realm="a"', undefined],
  [undefined, undefined],
])('%s', (header, challenge) => {
  expect(readChallenge(header)).toEqual(challenge)
})

test('whatever a server sends is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5000 }), (text) => {
      expect(() => readChallenge(`Bearer ${text}`)).not.toThrow()
    }),
  )
})
