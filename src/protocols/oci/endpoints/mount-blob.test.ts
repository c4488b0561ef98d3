import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Permission } from '../../../access/permission.ts'
import { rootOf } from '../../../access/principal.ts'
import { LayerNotFoundError } from '../../../core/images/layer-errors.ts'
import { repositoryArn } from '../../../core/names/arn.ts'
import type { RepositoryKey } from '../../../core/names/registry-key.ts'
import { AccessDeniedError } from '../../../core/policies/errors.ts'
import { ExchangeNotes } from '../../../observability/exchange-notes.ts'
import { deleteBlob } from '../../../registry/delete-blob.ts'
import { putAccountSetting } from '../../../registry/put-account-setting.ts'
import { statBlob } from '../../../registry/read-blob.ts'
import { pushBlob, textBlob } from '../../../registry/testing/test-images.ts'
import {
  keyOf,
  makeRepository,
  openTestRegistry,
  type TestRegistry,
} from '../../../registry/testing/test-registry.ts'
import type { HttpRequest, HttpResponse } from '../../http/exchange.ts'
import type { OciContext } from '../endpoint.ts'
import { mountBlob } from './mount-blob.ts'

const target = keyOf('team/app')
const sources = ['team/a', 'team/b', 'team/c'].map((name) => keyOf(name))
const shared = textBlob('shared')

let world: TestRegistry

beforeAll(async () => {
  world = await openTestRegistry()
  for (const key of [target, ...sources]) await makeRepository(world.registry, key)
  for (const key of sources) await pushBlob(world.registry, key, 'shared')
})
afterAll(() => world[Symbol.asyncDispose]())

test('CVE-2024-39897 (Zot): a blob is mounted exactly if the caller may read a repository that has it', async () => {
  const anySources = fc.subarray(sources)
  await fc.assert(
    fc.asyncProperty(
      anySources,
      fc.option(fc.constantFrom(...sources), { nil: undefined }),
      async (readable, from) => {
        const { status, headers } = await mount(shared.digest, from, readable)
        const mayMount = from === undefined ? readable.length > 0 : readable.includes(from)
        expect(status).toBe(mayMount ? 201 : 202)
        if (mayMount) {
          expect(await statBlob(world.registry, target, shared.digest)).toEqual(shared)
          await deleteBlob(world.registry, target, shared.digest)
        } else {
          expect(headers.location).toMatch(/^\/v2\/team\/app\/blobs\/uploads\//)
          await expect(statBlob(world.registry, target, shared.digest)).rejects.toThrow(LayerNotFoundError)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('what is forbidden and what is nowhere are answered alike', async () => {
  const forbidden = await mount(shared.digest, undefined, [])
  const nowhere = await mount(textBlob('nowhere').digest, undefined, sources)
  const shape = ({ status, headers }: HttpResponse) => [status, Object.keys(headers)]
  expect(shape(forbidden)).toEqual(shape(nowhere))
})

test('with BLOB_MOUNTING disabled nothing is mounted, and what was stays', async () => {
  await mount(shared.digest, undefined, sources)
  await putAccountSetting(world.registry, target, { name: 'BLOB_MOUNTING', value: 'DISABLED' })
  expect((await mount(shared.digest, sources[0], sources)).status).toBe(202)
  expect(await statBlob(world.registry, target, shared.digest)).toEqual(shared)
  await putAccountSetting(world.registry, target, { name: 'BLOB_MOUNTING', value: 'ENABLED' })
  await deleteBlob(world.registry, target, shared.digest)
})

test('the right to read is asked for on one repository after another, until one gives it', async () => {
  const asked: Permission[] = []
  await mount(shared.digest, undefined, sources.slice(1), asked)
  expect(asked.map(({ action, resource }) => [action, resource])).toEqual(
    sources.slice(0, 2).map((key) => ['ecr:GetDownloadUrlForLayer', repositoryArn(key)]),
  )
  await deleteBlob(world.registry, target, shared.digest)
})

/** Asks to mount a blob as somebody who may read these repositories. */
function mount(
  digest: string,
  from: RepositoryKey | undefined,
  readable: readonly RepositoryKey[],
  asked: Permission[] = [],
): Promise<HttpResponse> {
  const arns = new Set<string>(readable.map(repositoryArn))
  const context: OciContext = {
    registry: world.registry,
    missingContent: 'refused',
    authorise: async ({ permission }) => {
      asked.push(permission)
      if (!arns.has(permission.resource)) throw new AccessDeniedError('no')
      return { allowed: true, by: 'root' }
    },
  }
  const query = new URLSearchParams({ mount: digest, ...(from && { from: from.name }) })
  const { account, region } = target
  const registryKey = { account, region }
  const caller = rootOf(account)
  const surroundings = { sourceIp: '127.0.0.1', isSecure: false }
  const request = { http, caller, surroundings, registryKey, repository: target, argument: '', query }
  return mountBlob.answer(request, context)
}

const http: HttpRequest = {
  id: 'request-1',
  method: 'POST',
  url: '/v2/team/app/blobs/uploads/',
  headers: {},
  rawHeaders: [],
  get body(): never {
    throw new Error('A mount has no body')
  },
  scheme: 'http',
  remoteAddress: '127.0.0.1',
  peerAddress: '127.0.0.1',
  notes: new ExchangeNotes(),
  signal: new AbortController().signal,
}
