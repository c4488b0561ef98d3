import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Seal } from './seal.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
// -0 is not JSON: it comes back as 0.
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))

test('whatever was sealed comes back, also for another seal of the same key', () => {
  fc.assert(
    fc.property(key, json, (bytes, value) => {
      const sealed = new Seal(bytes, 'pages').seal(value)
      expect(new Seal(bytes, 'pages').open(sealed)).toEqual(value)
    }),
  )
})

test('sealed text fits into a URL query and has no colon', () => {
  fc.assert(
    fc.property(key, json, (bytes, value) => {
      const sealed = new Seal(bytes, 'pages').seal(value)
      expect(encodeURIComponent(sealed)).toBe(sealed)
      expect(sealed).not.toContain(':')
    }),
  )
})

test('nothing opens once any character of it has changed', () => {
  const seal = new Seal(new Uint8Array(32).fill(7), 'pages')
  const sealed = seal.seal({ after: 'team/app' })
  const position = fc.nat(sealed.length - 1)
  fc.assert(
    fc.property(position, fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(sealed[at] !== character)
      expect(seal.open(sealed.slice(0, at) + character + sealed.slice(at + 1))).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})

test('a signature spelled otherwise but decoding to the same bytes opens nothing', () => {
  const seal = new Seal(new Uint8Array(32), 'pages')
  const sealed = seal.seal(1)
  const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((last) => sealed.slice(0, -1) + last)
    .filter((text) => text !== sealed)
  expect(spellings.filter((text) => seal.open(text) !== undefined)).toEqual([])
  expect(seal.open(`${sealed}=`)).toBeUndefined()
})

test('nothing opens that was cut, lengthened or made up', () => {
  const seal = new Seal(new Uint8Array(32), 'pages')
  const sealed = seal.seal('here')
  fc.assert(
    fc.property(fc.string(), fc.nat(sealed.length - 1), (text, length) => {
      expect(seal.open(text)).toBeUndefined()
      expect(seal.open(sealed.slice(0, length))).toBeUndefined()
      expect(seal.open(`${sealed}.${text}`)).toBeUndefined()
    }),
  )
})

test('a foreign key opens nothing', () => {
  fc.assert(
    fc.property(key, key, (ours, theirs) => {
      fc.pre(Buffer.compare(ours, theirs) !== 0)
      const sealed = new Seal(ours, 'pages').seal('here')
      expect(new Seal(theirs, 'pages').open(sealed)).toBeUndefined()
    }),
  )
})

test('one purpose never opens what was sealed for another', () => {
  const bytes = new Uint8Array(32)
  expect(new Seal(bytes, 'tickets').open(new Seal(bytes, 'tokens').seal('here'))).toBeUndefined()
})

test('a short key is refused', () => {
  expect(() => new Seal(new Uint8Array(31), 'pages')).toThrow(RangeError)
})
