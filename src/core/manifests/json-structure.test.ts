import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { checkStructure } from './json-structure.ts'
import { manifestLimits } from './limits.ts'

describe('the structure of a JSON text', () => {
  test('is fine for whatever a JSON writer writes, white space or not', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), fc.constantFrom(0, 2, '\t'), (value, space) => {
        expect(() => checkStructure(JSON.stringify(value, undefined, space))).not.toThrow()
      }),
    )
  })

  test('is refused when any object has a member twice, whatever its name', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.jsonValue({ maxDepth: 3 })), (name, others) => {
        const twice = `{${JSON.stringify(name)}: 1, "other${'x'.repeat(name.length)}": {}, ${JSON.stringify(name)} : 2}`
        const text = `[${[...others.map((other) => JSON.stringify(other)), twice].join()}]`
        expect(() => checkStructure(text)).toThrow('Invalid JSON syntax')
      }),
    )
  })

  test('may repeat a name in different objects, and a text that is no name', () => {
    expect(() => checkStructure('{"a":{"a":"a"},"b":["a","a",{"a":"\\"a\\":"}]}')).not.toThrow()
  })

  test('may be exactly as deep as the limit', () => {
    const nest = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    expect(() => checkStructure(nest(manifestLimits.depth))).not.toThrow()
    expect(() => checkStructure(nest(manifestLimits.depth + 1))).toThrow('Limit on depth of nesting exceeded')
  })

  test('may have as many members as the limit, in all objects together', () => {
    const objects = (count: number) => `[${Array.from({ length: count }, () => '{"a":1}').join()}]`
    expect(() => checkStructure(objects(manifestLimits.members))).not.toThrow()
    expect(() => checkStructure(objects(manifestLimits.members + 1))).toThrow('Limit on number of members')
  })

  test('is looked over to the end or refused, whatever the text', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', ' ', 'a', '"a"')
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        try {
          checkStructure(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidParameterError)
        }
      }),
    )
  })
})
