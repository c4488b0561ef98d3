import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RandomBodies } from './random-body.ts'

test('a body has the size and the digest it says, in whatever pieces it is sent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 65, max: 5000 }), fc.integer({ min: 1, max: 700 }), (size, length) => {
      const body = new RandomBodies(size).next()
      const bytes = Buffer.concat([...body.pieces(length)])
      expect(bytes).toHaveLength(size)
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(body.digest)
    }),
  )
})

test('a body of more than one block is whole too', () => {
  const size = 64 * 1024 * 1024 + 1000
  const body = new RandomBodies(size).next()
  const hash = createHash('sha256')
  let sent = 0
  for (const piece of body.pieces(1024 * 1024)) {
    sent += piece.length
    hash.update(piece)
  }
  expect(sent).toBe(size)
  expect(`sha256:${hash.digest('hex')}`).toBe(body.digest)
})

test('no two bodies have the same digest', () => {
  const bodies = new RandomBodies(100)
  expect(new Set(Array.from({ length: 50 }, () => bodies.next().digest)).size).toBe(50)
})
