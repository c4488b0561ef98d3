import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { BERTH } from '../support/berth-process.ts'
import { flipByte, pathOfBlob } from '../support/stored-blob.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { TestImage } from '../support/test-image.ts'
import { execute, pushImages, verify } from './verify-world.ts'

/** Sorts after all others, and so large that nobody hashes it to its end; it takes no space. */
const endless = { digest: `sha256:${'f'.repeat(64)}`, size: 2 ** 40 }

for (const [name, signals] of Object.entries({
  'a service manager': ['SIGTERM'],
  'Ctrl-C in a terminal where a launcher passes it on as well': ['SIGINT', 'SIGINT'],
} as const)) {
  test(`told to stop by ${name}, it stops in the middle of a blob, and goes on from there the next time`, async () => {
    await using folder = await temporaryFolder()
    const digests = digestsOf(await pushImages(folder.path))
    await addEndlessBlob(folder.path)
    const interrupted = await verifyUntilToldToStop(folder.path, signals)
    expect(interrupted).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(/Interrupted\n.*Run it again to go on from here/),
    })
    await takeEndlessBlobAway(folder.path)
    for (const digest of digests) await flipByte(pathOfBlob(folder.path, digest))
    const { exitCode, stdout, stderr } = await verify(folder.path)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(/going on after 4 blobs\n/),
    })
    expect(stdout).toContain('4 blobs hashed')
    expect((await verify(folder.path)).stdout).toContain('damaged: 4')
  })
}

test('what was interrupted goes on where it stood, and keeps what it found', async () => {
  await using folder = await temporaryFolder()
  const [first, ...others] = digestsOf(await pushImages(folder.path))
  for (const digest of [first, ...others]) await flipByte(pathOfBlob(folder.path, digest ?? ''))
  const found = { kind: 'blob', digest: first, problem: 'found before', repositories: [], images: [] }
  const stood = { after: first, blobs: 1, bytes: 1, damages: [found] }
  await writeFile(join(folder.path, 'verify.json'), JSON.stringify(stood))
  const { exitCode, stdout, stderr } = await verify(folder.path)
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('going on after 1 blob'),
  })
  expect(stdout).toContain('found before')
  expect(stdout).toContain('damaged: 4\n')
  expect(await readFile(join(folder.path, 'verify.json')).catch(() => 'gone')).toBe('gone')
  expect((await verify(folder.path)).stdout).not.toContain('found before')
})

test('a note of no use is passed over', async () => {
  await using folder = await temporaryFolder()
  await pushImages(folder.path)
  for (const note of ['', '{', '[]', '{"after":"../..","blobs":1,"bytes":1,"damages":[]}']) {
    await writeFile(join(folder.path, 'verify.json'), note)
    expect(await verify(folder.path)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('4 blobs hashed'),
    })
  }
})

/** The digests of all blobs, in the order in which they are hashed. */
function digestsOf(images: readonly TestImage[]): string[] {
  return images.flatMap(({ layers, config }) => [...layers, config].map(({ digest }) => digest)).toSorted()
}

async function addEndlessBlob(dataDir: string): Promise<void> {
  const path = pathOfBlob(dataDir, endless.digest)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
  await truncate(path, endless.size)
  execute(
    dataDir,
    `insert into blobs (digest, size, created_at) values ('${endless.digest}', ${endless.size}, 0)`,
  )
}

async function takeEndlessBlobAway(dataDir: string): Promise<void> {
  await rm(pathOfBlob(dataDir, endless.digest))
  execute(dataDir, `delete from blobs where digest = '${endless.digest}'`)
}

/** Waits until it is in the middle of the endless blob, then sends the signals at once. */
async function verifyUntilToldToStop(
  dataDir: string,
  signals: readonly NodeJS.Signals[],
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  await using resources = new AsyncDisposableStack()
  const child = spawn(process.execPath, [BERTH, 'verify', '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Left alone it would hash for a quarter of an hour, whatever became of this test.
  const [closed, atOnce] = [once(child, 'close'), setTimeout(() => child.kill('SIGKILL'), 40_000)]
  resources.defer(() => clearTimeout(atOnce))
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const endlessFile = pathOfBlob(dataDir, endless.digest)
  const isHashing = async () => expect(await openFilesOf(child.pid)).toContain(endlessFile)
  await vi.waitFor(isHashing, { timeout: 30_000 })
  for (const signal of signals) child.kill(signal)
  const [exitCode] = await closed
  return { exitCode, output }
}

async function openFilesOf(pid: number | undefined): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  return Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')))
}
