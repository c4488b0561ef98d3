import {
  CreateRepositoryCreationTemplateCommand,
  DescribeRepositoriesCommand,
  type RCTAppliedFor,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushImage } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { registryError } from '../support/registry-errors.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { randomImage } from '../support/test-image.ts'

const random = new SeededRandom('create on push')
let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth({ auditLog: 'json' })
  await addTemplate('pushed', 'CREATE_ON_PUSH')
  await addTemplate('cached', 'PULL_THROUGH_CACHE')
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

async function addTemplate(prefix: string, ...appliedFor: RCTAppliedFor[]): Promise<void> {
  await berth.ecr.send(new CreateRepositoryCreationTemplateCommand({ prefix, appliedFor }))
}

async function exists(name: string): Promise<boolean> {
  const { repositories } = await berth.ecr.send(new DescribeRepositoriesCommand({}))
  return repositories?.some(({ repositoryName }) => repositoryName === name) === true
}

test('a push begins in a repository that its template makes, and the audit tells of it', async () => {
  await pushImage(berth, 'pushed/app', 'v1', randomImage(random))
  expect(await exists('pushed/app')).toBe(true)
  const records = berth.lines.map((line): unknown => JSON.parse(line))
  expect(records).toContainEqual(
    expect.objectContaining({
      action: 'ecr:CreateRepository',
      resource: 'arn:aws:ecr:us-east-1:000000000000:repository/pushed/app',
      outcome: 'success',
      parameters: { template: 'pushed' },
    }),
  )
})

test('many pushes that begin at once make one repository', async () => {
  const starts = Array.from({ length: 8 }, () => send(berth, 'POST', '/v2/pushed/at/once/blobs/uploads/'))
  expect((await Promise.all(starts)).map(({ status }) => status)).toEqual(Array(8).fill(202))
})

test.each(['cached/app', 'other/app', 'pushed'])(
  'a push to %s is refused and makes nothing',
  async (name) => {
    const answer = await send(berth, 'POST', `/v2/${name}/blobs/uploads/`)
    expect(await registryError(answer)).toMatchObject({
      status: 404,
      code: 'NAME_UNKNOWN',
      message: `The repository with name '${name}' does not exist in the registry with id '000000000000'`,
    })
    expect(await exists(name)).toBe(false)
  },
)

test('looking and pulling make nothing', async () => {
  const paths = ['manifests/v1', 'tags/list', `blobs/sha256:${'0'.repeat(64)}`]
  for (const path of paths) expect((await send(berth, 'GET', `/v2/pushed/new/${path}`)).status).toBe(404)
  expect(await exists('pushed/new')).toBe(false)
})
