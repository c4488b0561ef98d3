import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from './pattern.ts'
import type { Shape } from './shape.ts'
import { loadModels } from './testing/loaded-models.ts'

test('the whole text must match, whether the model anchors its pattern or not', () => {
  expect(compilePattern('[0-9]{12}').expression.test('0123456789012')).toBe(false)
  expect(compilePattern('^$|arn:x').expression.test('arn:xy')).toBe(false)
  expect(compilePattern('^$|arn:x').expression.test('')).toBe(true)
})

test('a line break at the end is part of the text', () => {
  expect(compilePattern('[a-z]+').expression.test('abc\n')).toBe(false)
})

test('Unicode classes are understood', () => {
  expect(compilePattern('[\\p{L}]+').expression.test('größe')).toBe(true)
})

const ambiguous = '^[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*$'

test('a pattern rewritten without ambiguity accepts the same texts', () => {
  const original = new RegExp(ambiguous)
  const { expression, source } = compilePattern(ambiguous)
  expect(source).toBe(ambiguous)
  const text = fc.string({ unit: fc.constantFrom('a', '7', '*', '.', '_', '-', '/', 'A'), maxLength: 12 })
  fc.assert(fc.property(text, (each) => expression.test(each) === original.test(each)))
})

const hostileParts = ['a', 'a-', 'a.', 'a/', '0', '-a', 'arn:aws-a', '_', '*']

test('no pattern of the models backtracks without bound', () => {
  for (const { expression } of patterns()) expect(() => meetHostileTexts(expression)).not.toThrow()
})

test('a pattern that backtracks without bound would be noticed', () => {
  expect(() => meetHostileTexts(new RegExp(ambiguous))).toThrow('timed out')
})

/** Exponential time never ends within any limit, linear time needs a thousandth of this one. */
function meetHostileTexts(expression: RegExp): void {
  const texts = hostileParts.map((part) => `${part.repeat(2_000)}\u0000`)
  runInNewContext('texts.forEach((text) => expression.test(text))', { expression, texts }, { timeout: 2_000 })
}

function patterns() {
  const seen = new Set<Shape>()
  const visit = (shape: Shape): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    if (shape.kind === 'list') visit(shape.member)
    if (shape.kind === 'map') visit(shape.value)
    if (shape.kind === 'structure') shape.members.forEach(visit)
  }
  for (const model of loadModels().values()) {
    for (const { input } of model.operations.values()) visit(input)
  }
  return [...seen].flatMap((shape) => (shape.kind === 'string' && shape.pattern ? [shape.pattern] : []))
}
