import { randomBytes } from 'node:crypto'
import { appendFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BatchDeleteImageCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { BERTH } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { pushImage, pushManifest } from '../support/push-image.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { flipByte, pathOfBlob } from '../support/stored-blob.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { randomImage } from '../support/test-image.ts'
import { execute, pushImages, verify } from './verify-world.ts'

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
    await harm(pathOfBlob(folder.path, layer))
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

const repositoryName = 'team/app'

test('a deleted image that can be restored is looked at like any other', async () => {
  await using folder = await temporaryFolder()
  const [image] = await pushImages(folder.path, {
    meanwhile: ({ ecr }) =>
      ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] })),
  })
  const harmed = `harms image team/app@${image?.digest} (v1; deleted, can be restored)`
  execute(folder.path, `update deleted_images set content = x'7b7d' where digest = '${image?.digest}'`)
  const { exitCode, stdout } = await verify(folder.path)
  expect(exitCode).toBe(1)
  expect(stdout).toContain(`manifest ${image?.digest}: the manifest's 2 bytes hash to`)
  expect(stdout).toContain(harmed)
  await flipByte(pathOfBlob(folder.path, image?.layers[0]?.digest ?? ''))
  const again = (await verify(folder.path)).stdout
  expect(again).toContain('damaged: 2\n')
  expect(again.split(harmed)).toHaveLength(3)
})

test('what an image lists and its repository never had is no damage', async () => {
  await using folder = await temporaryFolder()
  const sparse = randomImage(new SeededRandom('sparse'))
  await pushImages(folder.path, {
    sparseManifests: true,
    meanwhile: (berth) => pushManifest(berth, repositoryName, 'sparse', sparse),
  })
  expect(await verify(folder.path)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('4 blobs hashed'),
  })
})

test('one repository is looked at alone', async () => {
  await using folder = await temporaryFolder()
  const [image] = await pushImages(folder.path, {
    async meanwhile(berth) {
      await berth.createRepository('team/other')
      const shared = randomImage(new SeededRandom('shared'), [100])
      for (const name of [repositoryName, 'team/other']) await pushImage(berth, name, 'shared', shared)
    },
  })
  await flipByte(pathOfBlob(folder.path, image?.layers[0]?.digest ?? ''))
  const other = await verify(folder.path, ['--repository', 'team/other'])
  expect(other).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 blobs hashed') })
  const whole = await verify(folder.path, ['--repository', repositoryName])
  expect(whole).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('6 blobs hashed') })
  expect(await verify(folder.path, ['--repository', 'team/nowhere'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('There is no repository team/nowhere'),
  })
})

test('a folder that is none of Berth is not searched', async () => {
  await using folder = await temporaryFolder()
  const { exitCode, stderr } = await verify(folder.path)
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`${folder.path} is no data folder of Berth`),
  })
  expect(await readdir(folder.path)).toEqual([])
})

test('its help has the two settings that matter, and says what its exit codes mean', async () => {
  const { stdout } = await runProgram(process.execPath, [BERTH, 'verify', '--help'])
  expect([...stdout.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name)).toEqual([
    'repository',
    'restart',
    'json',
    'config',
    'data-dir',
    'database',
  ])
  expect(stdout).toMatch(/Exit code: 0 .*\n\s+1 .*\n\s+2 .*\n/)
})

testUnless(missingPostgres() ?? false)('with PostgreSQL damage is named just so', async () => {
  await using folder = await temporaryFolder()
  await using database = await startPostgresDatabase()
  const [image] = await pushImages(folder.path, { database: database.url })
  await flipByte(pathOfBlob(folder.path, image?.layers[0]?.digest ?? ''))
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
