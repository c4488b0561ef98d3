import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordOutput } from './record-output.ts'

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) yield bytes.subarray(at, at + size)
    at += size
  }
}

test('output is handed on as it is, and put line by line, however it comes in pieces', async () => {
  const lines = fc.array(
    fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line)),
    { maxLength: 6 },
  )
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(lines, sizes, async (all, pieces) => {
      const output = Buffer.from(all.join('\r\n'))
      const put: string[] = []
      const handedOn: Buffer[] = []
      for await (const chunk of recordOutput(
        chunksOf(output, pieces),
        async (some) => void put.push(...some),
      ))
        handedOn.push(chunk)
      expect(Buffer.concat(handedOn)).toEqual(output)
      expect(put.join('\r\n')).toBe(all.join('\r\n').replace(/\r\n$/, ''))
    }),
  )
})

test('a line that never ends is put in pieces', async () => {
  const put: string[] = []
  const endless = Buffer.alloc(16 * 1024, 'x')
  const output = recordOutput(
    chunksOf(Buffer.concat(Array.from({ length: 9 }, () => endless)), [
      endless.length,
      endless.length,
      endless.length,
      endless.length,
      endless.length,
    ]),
    async (some) => void put.push(...some),
  )
  for await (const _ of output);
  expect(put.map(({ length }) => length).reduce((sum, one) => sum + one, 0)).toBe(9 * endless.length)
  expect(put.length).toBeGreaterThan(1)
})

test('what can not be put ends the output before it is handed on', async () => {
  const output = recordOutput(chunksOf(Buffer.from('secret\n'), []), () =>
    Promise.reject(new Error('no group')),
  )
  const seen: Buffer[] = []
  await expect(
    (async () => {
      for await (const chunk of output) seen.push(chunk)
    })(),
  ).rejects.toThrow('no group')
  expect(seen).toEqual([])
})
