import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBlock, withBlock, withoutBlock } from './hosts-block.ts'

const names = fc.array(fc.domain().map((name) => `127.0.0.1 ${name}`))
const folders = fc.array(fc.constantFrom('/etc/docker', '/etc/docker/certs.d', '/etc/docker/certs.d/x:5000'))
const blocks = fc.record({ lines: names, madeFolders: folders })
const line = fc.oneof(fc.constant(''), fc.constant('127.0.0.1 localhost'), fc.string(), fc.constant('# end'))
const texts = fc.oneof(
  fc.string(),
  fc.array(line).map((lines) => lines.join('\n')),
)

test('what was there before is there again, byte by byte', () => {
  fc.assert(
    fc.property(texts, blocks, (text, block) => {
      expect(withoutBlock(withBlock(text, block))).toBe(text)
    }),
  )
})

test('written twice is written once, and another block takes the place of the first', () => {
  fc.assert(
    fc.property(texts, blocks, blocks, (text, first, second) => {
      const once = withBlock(text, first)
      expect(withBlock(once, first)).toBe(once)
      expect(withBlock(once, second)).toBe(withBlock(text, second))
    }),
  )
})

test('what was written is read', () => {
  fc.assert(
    fc.property(texts, blocks, (text, block) => {
      expect(readBlock(withBlock(text, block))).toEqual(block)
    }),
  )
})

test('what others have written around it since stays', () => {
  fc.assert(
    fc.property(texts, texts, blocks, (before, after, block) => {
      fc.pre(after !== '')
      const changed = `${withBlock(before, block)}${after}`
      const lineEnd = before === '' || before.endsWith('\n') ? '' : '\n'
      expect(withoutBlock(changed)).toBe(`${before}${lineEnd}${after}`)
      expect(withoutBlock(withBlock(changed, block))).toBe(`${before}${lineEnd}${after}`)
    }),
  )
})

test.each(['begin; `berth trust --remove` takes this away and all that belongs to it', 'end'])(
  'a block that has only its line "%s" is left to a person',
  (only) => {
    const text = `127.0.0.1 localhost\n# berth trust: ${only}\n127.0.0.1 x\n`
    expect(() => withoutBlock(text)).toThrow('only one end')
    expect(() => withBlock(text, { lines: [], madeFolders: [] })).toThrow('only one end')
  },
)
