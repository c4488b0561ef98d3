import { expect, test } from 'vitest'
import { pauseImage } from './pause-image.ts'

const blockSize = 512
const headerSize = 64 + 56

test.each([
  ['amd64', 62],
  ['arm64', 183],
])('an engine on %s gets a program for it, loaded where it begins', (architecture, machine) => {
  const elf = programFor(architecture)
  expect(elf.subarray(0, 6)).toEqual(Buffer.from('\x7fELF\x02\x01', 'latin1'))
  expect(elf.readUInt16LE(18)).toBe(machine)
  const [entry, loadedAt, size] = [24, 80, 104].map((place) => elf.readBigUInt64LE(place))
  expect(entry).toBe((loadedAt ?? 0n) + BigInt(headerSize))
  expect(size).toBe(BigInt(elf.length))
})

test('on arm64 it waits for nothing, without an end, and waits again when a signal has woken it', () => {
  const code = programFor('arm64').subarray(headerSize)
  const words = Array.from({ length: code.length / 4 }, (_, index) => code.readUInt32LE(4 * index))
  const moves = words.slice(0, -2).map((word) => {
    expect(word >>> 21, 'MOVZ to a register of 64 bits').toBe(0b110100101_00)
    return [word & 31, (word >>> 5) & 0xffff]
  })
  // ppoll(no files, none of them, no end, no mask of signals)
  expect(Object.fromEntries(moves)).toEqual({ 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 8: 73 })
  const [call, jump = 0] = words.slice(-2)
  expect(call).toBe(0xd4000001)
  expect(jump >>> 26).toBe(0b000101)
  expect((jump << 6) >> 6, 'back to the first').toBe(1 - words.length)
})

test('other machines have none', () => {
  expect(pauseImage('riscv64')).toBeUndefined()
})

function programFor(architecture: string): Buffer {
  const archive = Buffer.from(pauseImage(architecture) ?? '')
  const size = Number.parseInt(archive.toString('latin1', 124, 135), 8)
  return archive.subarray(blockSize, blockSize + size)
}
