import {
  DescribeImageReplicationStatusCommand,
  DescribeRegistryCommand,
  GetAccountSettingCommand,
  GetAuthorizationTokenCommand,
  PutAccountSettingCommand,
  PutReplicationConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { pushBlob } from '../../../support/push-image.ts'
import { send } from '../../../support/registry-client.ts'
import { blob } from '../../../support/test-image.ts'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import { abroad, type Desk, pullFrom } from '../evidence-desk.ts'

const app = 'team/app'

async function replicateAbroad({ ecr, account }: Desk) {
  const rules = [{ destinations: [{ region: abroad, registryId: account }] }]
  await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }))
  return rules
}

async function statusesOf({ ecr }: Desk) {
  const asked = { repositoryName: app, imageId: { imageTag: 'v1' } }
  return (await ecr.send(new DescribeImageReplicationStatusCommand(asked))).replicationStatuses
}

/** Whether a layer is mounted from another repository. */
async function mounts({ access, create }: Desk): Promise<boolean> {
  const layer = blob(Buffer.from('a layer to mount'))
  for (const name of ['mount/from', 'mount/into']) await create(name).catch(() => undefined)
  await pushBlob(access, 'mount/from', layer)
  const query = `mount=${layer.digest}&from=mount/from`
  return (await send(access, 'POST', `/v2/mount/into/blobs/uploads/?${query}`)).status === 201
}

const mounting = { name: 'BLOB_MOUNTING' } as const

export const registryEvidence: EvidenceByOperation = {
  GetAuthorizationToken: real(
    'its token logs in at /v2/, and one made up does not',
    async ({ ecr, berth }) => {
      const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}))
      const logIn = async (token = '') =>
        (await send({ url: berth.url, authorization: `Basic ${token}` }, 'GET', '/v2/')).status
      expect(await logIn(authorizationData?.[0]?.authorizationToken)).toBe(200)
      expect(await logIn(Buffer.from('AWS:made-up').toString('base64'))).toBe(401)
    },
  ),
  PutReplicationConfiguration: real('what is pushed is pulled in another region', async (desk) => {
    await replicateAbroad(desk)
    await desk.create(app)
    const { digest } = await desk.push(app, 'v1')
    await expect.poll(() => pullFrom(desk.accessAbroad, app, 'v1')).toBe(digest)
  }),
  DescribeImageReplicationStatus: real('it is COMPLETE once the image is pulled there', async (desk) => {
    await replicateAbroad(desk)
    await desk.create(app)
    const { digest } = await desk.push(app, 'v1')
    const complete = [{ region: abroad, registryId: desk.account, status: 'COMPLETE' }]
    await expect.poll(() => statusesOf(desk)).toEqual(complete)
    expect(await pullFrom(desk.accessAbroad, app, 'v1')).toBe(digest)
  }),
  DescribeRegistry: enforced('it tells the rules by which a push is replicated', async (desk) => {
    const rules = await replicateAbroad(desk)
    const { replicationConfiguration } = await desk.ecr.send(new DescribeRegistryCommand({}))
    expect(replicationConfiguration).toEqual({ rules })
    await desk.create(app)
    await desk.push(app, 'v1')
    expect(await statusesOf(desk)).toMatchObject(rules[0]?.destinations ?? [])
  }),
  PutAccountSetting: enforced('layers are mounted from other repositories, or no more', async (desk) => {
    await desk.ecr.send(new PutAccountSettingCommand({ ...mounting, value: 'DISABLED' }))
    expect(await mounts(desk)).toBe(false)
    await desk.ecr.send(new PutAccountSettingCommand({ ...mounting, value: 'ENABLED' }))
    expect(await mounts(desk)).toBe(true)
  }),
  GetAccountSetting: enforced('it tells whether layers are mounted', async (desk) => {
    const told = async () => (await desk.ecr.send(new GetAccountSettingCommand(mounting))).value
    expect([await told(), await mounts(desk)]).toEqual(['ENABLED', true])
    await desk.ecr.send(new PutAccountSettingCommand({ ...mounting, value: 'DISABLED' }))
    expect([await told(), await mounts(desk)]).toEqual(['DISABLED', false])
  }),
}
