import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tarOf } from '../../../tests/support/tar.ts'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { UnreadableLayerError } from './limits.ts'
import { TarReader } from './tar-reader.ts'

/** Every file with its content, and every link with its target, as they come. */
function contentsOf(archive: Buffer, pieceSize = archive.length): [string, string][] {
  const found: [string, string][] = []
  const reader = new TarReader(({ type, path, linkPath }) => {
    if (type === '1' || type === '2') found.push([path, `-> ${linkPath}`])
    if (type !== '0') return undefined
    const pieces: Buffer[] = []
    return {
      write: (bytes) => void pieces.push(Buffer.from(bytes)),
      end: () => void found.push([path, Buffer.concat(pieces).toString()]),
    }
  })
  for (let at = 0; at < archive.length; at += pieceSize) reader.write(archive.subarray(at, at + pieceSize))
  reader.end()
  return found
}

describe.each(['gnu', 'pax', 'ustar'])('an archive that tar wrote as %s', (format) => {
  test('is read whatever pieces it comes in', async () => {
    await using folder = await temporaryFolder()
    const long =
      format === 'ustar' ? `${'f'.repeat(90)}/${'n'.repeat(90)}` : `${'f'.repeat(180)}/ñ${'n'.repeat(180)}`
    const files = { 'a.txt': 'A', 'd/empty': '', 'd/block': 'x'.repeat(512), [long]: 'long' }
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true })
      writeFileSync(join(folder.path, path), content)
    }
    symlinkSync('../a.txt', join(folder.path, 'd/soft'))
    linkSync(join(folder.path, 'a.txt'), join(folder.path, 'd/twin'))
    const paths = [...Object.keys(files), 'd/soft', 'd/twin']
    const archive = execFileSync('tar', [`--format=${format}`, '-C', folder.path, '-cf', '-', ...paths])
    const expected = [...Object.entries(files), ['d/soft', '-> ../a.txt'], ['d/twin', '-> a.txt']]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1500 }), (pieceSize) => {
        expect(contentsOf(archive, pieceSize)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a hostile archive', () => {
  const pax = (record: string) => ({ path: 'pax', type: 'x', content: record })

  test.each([
    ['a header of the wrong sum', Buffer.from(tarOf([{ path: 'a' }]).fill('z', 0, 5))],
    ['an end in the middle of a file', tarOf([{ path: 'a', content: 'x'.repeat(5_000) }]).subarray(0, 1_024)],
    ['an end in the middle of a header', tarOf([{ path: 'a' }]).subarray(0, 100)],
    ['more content than there is', tarOf([{ path: 'a', size: 8_000_000 }])],
    ['a record longer than all of them', tarOf([pax('99 path=a\n'), { path: 'b' }])],
    ['a record without an end', tarOf([pax('11 path=abc'), { path: 'b' }])],
    ['a size that is no number', tarOf([pax('13 size=-123\n'), { path: 'b' }])],
    [
      'a name of two megabytes',
      tarOf([{ path: 'L', type: 'L', content: 'n'.repeat(2_000_000) }, { path: 'b' }]),
    ],
    ['a name that claims a terabyte', tarOf([{ path: 'L', type: 'L', size: 2 ** 32 }])],
    ['an old sparse file', tarOf([{ path: 'a', type: 'S' }])],
  ])('with %s is refused', (_, archive) => {
    expect(() => contentsOf(archive)).toThrow(UnreadableLayerError)
  })

  test('of any bytes is read or refused', () => {
    const flipped = fc
      .tuple(fc.nat(2_559), fc.nat(255))
      .map(([at, byte]) =>
        tarOf([pax('17 path=elsewhere\n'), { path: 'a', content: 'A' }]).fill(byte, at, at + 1),
      )
    fc.assert(
      fc.property(
        fc.oneof(
          flipped,
          fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
        ),
        (archive) => {
          try {
            contentsOf(archive)
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableLayerError)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

test('what follows the end of an archive is not looked at', () => {
  const archive = Buffer.concat([tarOf([{ path: 'a', content: 'A' }]), Buffer.from('anything at all')])
  expect(contentsOf(archive)).toEqual([['a', 'A']])
})
