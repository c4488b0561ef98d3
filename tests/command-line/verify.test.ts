import { randomBytes } from 'node:crypto'
import { appendFile, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { BERTH } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { startBerth } from '../support/start-berth.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { TestImage } from '../support/test-image.ts'

const layerBytes = 2_000_000

test('a store that is whole is found so, beside the server that runs on it too', async () => {
  await using folder = await temporaryFolder()
  const meanwhile = async () => {
    expect(await verify(folder.path)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('all is whole'),
    })
  }
  await pushImages(folder.path, { meanwhile })
  expect(await verify(folder.path)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('4 blobs hashed'),
  })
})

const damages = {
  'a flipped byte': { harm: flipByte, problem: /its bytes hash to sha256:[0-9a-f]{64}/ },
  'bytes cut off': {
    harm: (path: string) => writeFile(path, 'short'),
    problem: /it has 5 bytes instead of 2000000/,
  },
  'bytes too many': { harm: (path: string) => appendFile(path, 'x'), problem: /it has 2000001 bytes/ },
  'a file removed': { harm: (path: string) => rm(path), problem: /its bytes are missing/ },
} as const

for (const [name, { harm, problem }] of Object.entries(damages)) {
  test(`${name} is named, with the repository and the image it harms`, async () => {
    await using folder = await temporaryFolder()
    const [image] = await pushImages(folder.path)
    const layer = image?.layers[0]?.digest ?? ''
    await harm(pathOf(folder.path, layer))
    const { exitCode, stdout } = await verify(folder.path)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`blob ${layer}: `)
    expect(stdout).toMatch(problem)
    expect(stdout).toContain('in repository 000000000000/us-east-1/team/app')
    expect(stdout).toContain(`harms image team/app@${image?.digest} (v1)`)
    expect(stdout).toContain('damaged: 1\n')
  })
}

test('a manifest that was altered is named', async () => {
  await using folder = await temporaryFolder()
  const [image] = await pushImages(folder.path)
  execute(folder.path, `update images set content = x'7b7d' where digest = '${image?.digest}'`)
  expect(await verify(folder.path)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(`manifest ${image?.digest}: the manifest's 2 bytes hash to`),
  })
})

test('an image whose repository lost a layer is named', async () => {
  await using folder = await temporaryFolder()
  const [image] = await pushImages(folder.path)
  const layer = image?.layers[0]?.digest
  execute(folder.path, `pragma foreign_keys = off; delete from blob_links where digest = '${layer}'`)
  expect(await verify(folder.path)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(`link ${layer}: an image needs it`),
  })
})

test('files that a crash leaves behind are no damage', async () => {
  await using folder = await temporaryFolder()
  await pushImages(folder.path)
  await writeFile(join(folder.path, 'uploads', crypto.randomUUID()), randomBytes(10))
  expect(await verify(folder.path)).toMatchObject({ exitCode: 0 })
})

test('what was interrupted goes on where it stood, and keeps what it found', async () => {
  await using folder = await temporaryFolder()
  const images = await pushImages(folder.path)
  const [first, ...others] = images
    .flatMap(({ layers, config }) => [...layers, config])
    .map(({ digest }) => digest)
    .toSorted()
  for (const digest of [first, ...others]) await flipByte(pathOf(folder.path, digest ?? ''))
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

testUnless(missingPostgres() ?? false)('with PostgreSQL damage is named just so', async () => {
  await using folder = await temporaryFolder()
  await using database = await startPostgresDatabase()
  const [image] = await pushImages(folder.path, { database: database.url })
  await flipByte(pathOf(folder.path, image?.layers[0]?.digest ?? ''))
  const { exitCode, stdout } = await verify(folder.path, ['--database', database.url])
  expect({ exitCode, stdout }).toEqual({
    exitCode: 1,
    stdout: expect.stringContaining(`harms image team/app@${image?.digest} (v1)`),
  })
})

test('without a store there is nothing to verify', async () => {
  await using folder = await temporaryFolder()
  expect(await verify(join(folder.path, 'nowhere'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('There is no data folder'),
  })
})

/** Pushes two images, each of one layer and a config, and stops the server. */
async function pushImages(
  dataDir: string,
  {
    database = 'sqlite',
    meanwhile,
  }: { readonly database?: string; readonly meanwhile?: () => Promise<void> } = {},
): Promise<TestImage[]> {
  await using berth = await startBerth({ dataDir, database })
  await berth.createRepository('team/app')
  const images = [
    await berth.pushRandomImage('team/app', 'v1', [layerBytes]),
    await berth.pushRandomImage('team/app', 'v2', [layerBytes]),
  ]
  await meanwhile?.()
  return images
}

function verify(dataDir: string, flags: readonly string[] = []) {
  return runProgram(process.execPath, [BERTH, 'verify', '--data-dir', dataDir, ...flags])
}

function pathOf(dataDir: string, digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':')
  return join(dataDir, 'blobs', algorithm, hex.slice(0, 2), hex)
}

async function flipByte(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, 10)
  await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 10)
}

function execute(dataDir: string, statements: string): void {
  const database = new DatabaseSync(join(dataDir, 'metadata.db'))
  database.exec(statements)
  database.close()
}
