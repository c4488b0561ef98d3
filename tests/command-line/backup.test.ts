import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BatchDeleteImageCommand, ListImagesCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { BERTH } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { pullImage } from '../support/pull-image.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { flipByte, pathOfBlob } from '../support/stored-blob.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { digestOf } from '../support/test-image.ts'
import { pushImages, verify } from './verify-world.ts'

test('a backup that is made beside a server that takes pushes is a whole Berth', async () => {
  await using world = await emptyWorld()
  const { dataDir, backup } = world
  await using berth = await startBerth({ dataDir })
  await berth.createRepository('team/app')
  const before = await berth.pushRandomImage('team/app', 'v1', [2_000_000])
  const pushing = pushUntilTold(() => berth.pushRandomImage('team/app', 'busy', [100_000]))
  expect(await backUp(dataDir, backup)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(`${backup} has all of `),
  })
  await pushing.stop()
  expect(await verify(backup)).toMatchObject({ exitCode: 0 })
  await using restored = await startBerth({ dataDir: backup })
  expect(await imagesOf(restored)).toContainEqual({ imageTag: 'v1', imageDigest: before.digest })
  await pullImage(restored, 'team/app', 'v1')
})

test('a second backup into the same folder brings what is new, and what only the first needed goes', async () => {
  await using world = await emptyWorld()
  const { dataDir, backup } = world
  await pushImages(dataDir)
  expect((await backUp(dataDir, backup)).stdout).toContain('4 blobs, 4 of them new')
  await using berth = await startBerth({ dataDir })
  await berth.pushRandomImage('team/app', 'v3', [100_000])
  await berth.ecr.send(
    new BatchDeleteImageCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: 'v1' }] }),
  )
  const unneeded = pathOfBlob(backup, digestOf('of an image that is gone'))
  await mkdir(dirname(unneeded), { recursive: true })
  await writeFile(unneeded, 'of an image that is gone')
  expect((await backUp(dataDir, backup)).stdout).toContain('6 blobs, 2 of them new')
  expect(existsSync(unneeded)).toBe(false)
  expect((await readdir(backup)).sort()).toEqual([
    'blobs',
    'metadata.db',
    'metadata.db.lock',
    'secrets.json',
    'trash',
    'uploads',
  ])
  await using restored = await startBerth({ dataDir: backup })
  expect((await imagesOf(restored)).map(({ imageTag }) => imageTag).sort()).toEqual(['v2', 'v3'])
})

test('what is damaged is named and left out, and all else is in the backup', async () => {
  await using world = await emptyWorld()
  const { dataDir, backup } = world
  const [image] = await pushImages(dataDir)
  const layer = image?.layers[0]?.digest ?? ''
  await flipByte(pathOfBlob(dataDir, layer))
  const { exitCode, stdout } = await backUp(dataDir, backup)
  expect({ exitCode, stdout }).toEqual({
    exitCode: 1,
    stdout: expect.stringContaining(`damaged or missing, left out: ${layer}\n`),
  })
  expect((await verify(backup)).stdout).toContain('damaged: 1\n')
})

test('neither another folder is overwritten, nor one that Berth runs on, nor one below the data folder', async () => {
  await using world = await emptyWorld()
  const { dataDir, backup } = world
  await pushImages(dataDir)
  const other = join(dirname(dataDir), 'other')
  await pushImages(other)
  expect(await backUp(dataDir, other)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('neither empty nor a backup of this Berth'),
  })
  await backUp(dataDir, backup)
  await using _running = await startBerth({ dataDir: backup })
  expect(await backUp(dataDir, backup)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Another Berth is running'),
  })
  for (const place of [dataDir, join(dataDir, 'backup')])
    expect(await backUp(dataDir, place)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('are in one another'),
    })
})

test('where the database is in PostgreSQL, or no data folder is, it says what to do', async () => {
  await using world = await emptyWorld()
  const { dataDir, backup } = world
  expect((await backUp(dataDir, backup, ['--database', 'postgres://db/berth'])).stderr).toContain('pg_dump')
  expect((await backUp(dataDir, backup)).stderr).toContain(`There is no data folder ${dataDir}`)
})

async function emptyWorld() {
  const folder = await temporaryFolder()
  return {
    dataDir: join(folder.path, 'data'),
    backup: join(folder.path, 'backup'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

async function imagesOf({ ecr }: LocalBerth) {
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName: 'team/app' }))
  return imageIds
}

/** Runs `berth backup` to its end. */
function backUp(dataDir: string, backup: string, flags: readonly string[] = []) {
  return runProgram(process.execPath, [BERTH, 'backup', backup, '--data-dir', dataDir, ...flags])
}

/** Pushes again and again. */
function pushUntilTold(push: () => Promise<unknown>) {
  let isTold = false
  const pushed = (async () => {
    while (!isTold) await push()
  })()
  return {
    stop: async () => {
      isTold = true
      await pushed
    },
  }
}
