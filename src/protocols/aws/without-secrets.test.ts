import { describe, expect, test } from 'vitest'
import type { StructureShape } from './model/shape.ts'
import { loadModels } from './model/testing/loaded-models.ts'
import { blob, list, map, string, structure, timestamp } from './testing/shapes.ts'
import { withoutSecrets } from './without-secrets.ts'

const secret = string({ sensitive: true })

describe('past vulnerability: secrets in logs', () => {
  test('what a shape marks as sensitive is hidden, however deep', () => {
    const shape = structure({
      name: string(),
      password: secret,
      users: list(structure({ key: secret, id: string() })),
      tokens: map(secret),
    })
    const value = {
      name: 'n',
      password: 'S',
      users: [{ key: 'S', id: 'i' }],
      tokens: { a: 'S' },
    }
    expect(withoutSecrets(shape, value)).toEqual({
      name: 'n',
      password: '***',
      users: [{ key: '***', id: 'i' }],
      tokens: { a: '***' },
    })
  })

  test('what a shape does not know is left out', () => {
    expect(withoutSecrets(structure({ name: string() }), { name: 'n', internal: 'S' })).toEqual({ name: 'n' })
  })

  test('bytes and times are what they were', () => {
    const value = { bytes: new Uint8Array(3), at: new Date(0) }
    expect(withoutSecrets(structure({ bytes: blob(), at: timestamp }), value)).toEqual(value)
  })

  test('credentials that sts:AssumeRole hands out are hidden', () => {
    const Credentials = {
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'S',
      SessionToken: 'S',
      Expiration: new Date(0),
    }
    expect(withoutSecrets(outputOf('sts', 'AssumeRole'), { Credentials })).toEqual({
      Credentials: { ...Credentials, SecretAccessKey: '***', SessionToken: '***' },
    })
  })

  test('the token of ecr:GetAuthorizationToken is hidden', () => {
    const output = { authorizationData: [{ authorizationToken: 'S', proxyEndpoint: 'https://r' }] }
    expect(withoutSecrets(outputOf('ecr', 'GetAuthorizationToken'), output)).toEqual({
      authorizationData: [{ authorizationToken: '***', proxyEndpoint: 'https://r' }],
    })
  })
})

function outputOf(service: string, operation: string): StructureShape {
  const found = [...loadModels().values()].find(({ name }) => name === service)?.operations.get(operation)
  if (found === undefined) throw new Error(`No ${service}:${operation} in the models`)
  return found.output
}
