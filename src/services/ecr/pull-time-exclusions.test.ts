import { afterEach, beforeEach, expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { parseRegion } from '../../core/names/region.ts'
import { batchGetImage } from './batch-get-image.ts'
import { createRepository } from './create-repository.ts'
import { deregisterPullTimeUpdateExclusion } from './deregister-pull-time-update-exclusion.ts'
import { describeImages } from './describe-images.ts'
import { listPullTimeUpdateExclusions } from './list-pull-time-update-exclusions.ts'
import { registerPullTimeUpdateExclusion } from './register-pull-time-update-exclusion.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './testing/ecr-desk.ts'
import { pushImage, sampleImage } from './testing/sample-image.ts'

const arnOf = (name: string) => `arn:aws:iam::${ourAccount}:role/${name}`
const repositoryName = 'team/app'

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const register = (name: string) => desk.ask(registerPullTimeUpdateExclusion, { principalArn: arnOf(name) })
const deregister = (name: string) =>
  desk.ask(deregisterPullTimeUpdateExclusion, { principalArn: arnOf(name) })

test('an exclusion is registered once, listed in order page by page, and deregistered once', async () => {
  for (const name of ['b', 'c', 'a']) {
    expect(await register(name)).toEqual({
      principalArn: arnOf(name),
      createdAt: new Date('2026-03-01T08:00:00.000Z'),
    })
  }
  await expect(register('a')).rejects.toMatchObject({ name: 'ExclusionAlreadyExistsError' })
  const first = await desk.ask(listPullTimeUpdateExclusions, { maxResults: 2 })
  expect(first.pullTimeUpdateExclusions).toEqual(['a', 'b'].map(arnOf))
  const { nextToken = '' } = first
  expect(await desk.ask(listPullTimeUpdateExclusions, { maxResults: 2, nextToken })).toEqual({
    pullTimeUpdateExclusions: [arnOf('c')],
  })
  expect(await deregister('a')).toEqual({ principalArn: arnOf('a') })
  await expect(deregister('a')).rejects.toMatchObject({ name: 'ExclusionNotFoundError' })
})

test('exclusions belong to one region, and a hundred is all there can be', async () => {
  for (let count = 0; count < 100; count += 1) await register(`role-${count}`)
  await expect(register('one-too-many')).rejects.toThrow('The limit of 100 pull time update exclusions')
  const elsewhere = { region: 'eu-west-1' }
  expect(await desk.ask(listPullTimeUpdateExclusions, {}, elsewhere)).toMatchObject({
    pullTimeUpdateExclusions: [],
  })
})

test('a pull by an excluded principal leaves no trace, and by any other does', async () => {
  await desk.ask(createRepository, { repositoryName })
  await pushImage(desk, repositoryName, sampleImage('a'), 'v1')
  const pull = async () => {
    await desk.ask(batchGetImage, { repositoryName, imageIds: [{ imageTag: 'v1' }] })
    await desk.context.registry.pulls.flush()
    const { imageDetails } = await desk.ask(describeImages, { repositoryName })
    return imageDetails?.[0]?.lastRecordedPullTime
  }
  const ours = { account: ourAccount, region: parseRegion('us-east-1') }
  const root = rootOf(ourAccount).arn
  await desk.context.registry.metadata.write((tx) => tx.pullExclusions.add(ours, root, new Date(0)))
  expect(await pull()).toBeUndefined()
  await desk.context.registry.metadata.write((tx) => tx.pullExclusions.deleteAll())
  desk.context.registry.pullExclusions.clear()
  desk.pass(1000)
  expect(await pull()).toEqual(desk.context.registry.now())
})
