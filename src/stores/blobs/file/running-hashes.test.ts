import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { RunningHashes } from './running-hashes.ts'

const hashOf = (text: string) => createHash('sha256').update(text)

test('a hash goes on where it stopped', () => {
  const hashes = new RunningHashes()
  hashes.keep('upload', { hash: hashOf('one '), size: 4 })
  const hash = hashes.take('upload', 4)?.update('two')
  expect(hash?.digest('hex')).toBe(hashOf('one two').digest('hex'))
})

test('a hash of other bytes than there are is none', () => {
  const hashes = new RunningHashes()
  hashes.keep('upload', { hash: hashOf('one '), size: 4 })
  expect(hashes.take('upload', 3)).toBeUndefined()
  expect(hashes.take('upload', 4)).toBeUndefined()
})

test('an empty upload always has one', () => {
  expect(new RunningHashes().take('upload', 0)?.digest('hex')).toBe(hashOf('').digest('hex'))
})

test('of too many, the one longest untouched is forgotten', () => {
  const hashes = new RunningHashes()
  const keep = (id: number) => hashes.keep(`upload ${id}`, { hash: hashOf('x'), size: 1 })
  for (let id = 0; id < 1024; id += 1) keep(id)
  hashes.take('upload 0', 1)
  keep(0)
  keep(1024)
  expect(hashes.take('upload 0', 1)).toBeDefined()
  expect(hashes.take('upload 1', 1)).toBeUndefined()
  expect(hashes.take('upload 2', 1)).toBeDefined()
})
