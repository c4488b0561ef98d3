import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../core/names/digest.ts'
import { entityTag, isKnownToClient, readExpectation, requireMatch } from './conditional.ts'

const one = digestOf('sha256', 'a'.repeat(64))
const other = digestOf('sha512', 'b'.repeat(128))
const anyCurrent = fc.constantFrom(undefined, one, other)

describe('what a change expects', () => {
  test('is nothing without conditions', () => {
    expect(readExpectation({ etag: '"x"' })).toBeUndefined()
  })

  test.each([
    [{ 'if-match': entityTag(one) }, [one]],
    [{ 'if-match': `"x", ${entityTag(one)} ,${entityTag(other)}` }, [one, other]],
    [{ 'if-match': '*' }, [one, other]],
    [{ 'if-match': `W/${entityTag(one)}` }, []],
    [{ 'if-match': one }, []],
    [{ 'if-match': '' }, []],
    [{ 'if-none-match': '*' }, [undefined]],
    [{ 'if-none-match': entityTag(one) }, [undefined, other]],
    [{ 'if-none-match': `W/${entityTag(one)}` }, [undefined, other]],
    [{ 'if-match': '*', 'if-none-match': entityTag(one) }, [other]],
    [{ 'if-match': '*', 'if-none-match': '*' }, []],
  ])('by %j is met by exactly these', (headers, met) => {
    const expectation = readExpectation(headers)
    expect([undefined, one, other].filter((current) => expectation?.(current))).toEqual(met)
  })

  test('by If-None-Match is the opposite of what a reader is spared for', () => {
    const header = fc.array(fc.constantFrom('*', entityTag(one), `W/${entityTag(other)}`, 'junk')).map(String)
    fc.assert(
      fc.property(header, anyCurrent, (ifNoneMatch, current) => {
        const met = readExpectation({ 'if-none-match': ifNoneMatch })?.(current)
        expect(met).toBe(current === undefined || !isKnownToClient(ifNoneMatch, current))
      }),
    )
  })
})

test('a reader who names what it wants is sent nothing else', () => {
  for (const wanted of [undefined, '*', entityTag(one), `"x", ${entityTag(one)}`]) requireMatch(wanted, one)
  for (const wanted of ['', entityTag(other), `W/${entityTag(one)}`]) {
    expect(() => requireMatch(wanted, one)).toThrow(`What is here is ${one}`)
  }
})
