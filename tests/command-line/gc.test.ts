import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushBlob } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { blob } from '../support/test-image.ts'

const gc = (berth: BerthProcess, ...args: readonly string[]) =>
  outputOf(process.execPath, [BERTH, 'gc', '--data-dir', berth.dataDir, ...args])

/** A Berth with a layer that no image needs, and that it keeps for a second. */
async function berthWithGarbage() {
  const berth = await startBerthProcess({ flags: ['--garbage-grace', '1s'] })
  const ecr = await ecrClientOf(berth)
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }))
  const access = await logIn(berth, ecr)
  const layer = blob(Buffer.alloc(3 * 1024, 'layer'))
  await pushBlob(access, 'team/app', layer)
  return {
    berth,
    access,
    path: `/v2/team/app/blobs/${layer.digest}`,
    [Symbol.asyncDispose]: () => berth[Symbol.asyncDispose](),
  }
}

test('berth gc says what it would remove, by repository, and removes it', async () => {
  await using world = await berthWithGarbage()
  const { berth } = world
  let dryRun = ''
  while (!dryRun.includes('REPOSITORY')) dryRun = await gc(berth, '--dry-run')
  expect(dryRun).toBe(
    [
      'REPOSITORY   ACCOUNT        REGION      BLOBS   SIZE',
      'team/app     000000000000   us-east-1   1       3.0 KiB',
      '',
      'To leave the disk   1 blob, 3.0 KiB',
      'Uploads to drop     0 uploads, 0 B',
    ].join('\n'),
  )
  expect((await send(world.access, 'GET', world.path)).status).toBe(200)
  expect(await gc(berth)).toBe(
    [
      'Removed                     1 blob, 3.0 KiB',
      'Taken out of repositories   1 blob',
      'Uploads dropped             0',
    ].join('\n'),
  )
  expect((await send(world.access, 'GET', world.path)).status).toBe(404)
  expect(JSON.parse(await gc(berth, '--json'))).toMatchObject({
    blobs: 0,
    bytes: 0,
    failures: 0,
    step: 'done',
  })
  expect(JSON.parse(await gc(berth, '--dry-run', '--json'))).toMatchObject({
    repositories: [],
    repositoryCount: 0,
  })
})

test("berth gc is for the server's own account alone", async () => {
  await using berth = await startBerthProcess({ flags: ['--dev'] })
  const env = { ...(await exportedBy(berth)), AWS_ACCESS_KEY_ID: '111122223333' }
  for (const args of [['gc'], ['gc', '--dry-run']]) {
    const { stderr, exitCode } = await runProgram(process.execPath, [BERTH, ...args], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('AccessDeniedException')
  }
})
