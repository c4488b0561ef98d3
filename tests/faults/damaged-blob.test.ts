import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { pushThroughApi } from '../support/push-through-api.ts'
import { send } from '../support/registry-client.ts'
import { startBerth } from '../support/start-berth.ts'

const repository = 'team/app'

const damages = {
  'are gone': (path: string) => rm(path),
  'were cut': (path: string) => truncate(path, 10),
  'were altered, read, and moved away by the operator': async (
    path: string,
    read: () => Promise<unknown>,
  ) => {
    await writeFile(path, 'x'.repeat(1000))
    await read()
    await rm(path)
  },
} as const

for (const [name, harm] of Object.entries(damages)) {
  for (const door of ['/v2/', 'the API'] as const) {
    test(`a layer whose bytes ${name} is healed by the next push through ${door}`, async () => {
      await using berth = await startBerth()
      await berth.createRepository(repository)
      const image = await berth.pushRandomImage(repository, 'v1')
      const digest = image.layers[0]?.digest ?? ''
      const hex = digest.slice('sha256:'.length)
      const target = `/v2/${repository}/blobs/${digest}`
      await harm(join(berth.config.dataDir, 'blobs/sha256', hex.slice(0, 2), hex), async () =>
        (await send(berth, 'GET', target)).bytes(),
      )
      expect((await send(berth, 'HEAD', target)).status).toBe(404)
      if (door === '/v2/') await pushImage(berth, repository, 'v1', image)
      else await pushThroughApi(berth.ecr, repository, 'v1', image)
      expect(await pullImage(berth, repository, 'v1')).toBe(image.digest)
    })
  }
}
