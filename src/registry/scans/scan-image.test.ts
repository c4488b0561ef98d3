import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { osvRecord } from '../../../tests/support/advisories.ts'
import { tarOf } from '../../../tests/support/tar.ts'
import { defaultBus } from '../../core/events/rule.ts'
import { inventoryVersion } from '../../core/scanning/layer-inventory.ts'
import { activateImage } from '../activate-image.ts'
import { createRepository } from '../create-repository.ts'
import { deleteImages } from '../delete-images.ts'
import type { ManifestPut } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import { setScanOnPush } from '../set-scan-on-push.ts'
import { textBlob } from '../testing/test-images.ts'
import {
  cause,
  keyOf,
  makeRepository,
  mutable,
  openTestRegistry,
  type TestRegistry,
} from '../testing/test-registry.ts'
import { updateStorageClass } from '../update-storage-class.ts'
import { applyScanning } from './apply-scanning.ts'
import { importAdvisories } from './import-advisories.ts'
import { putScanningConfiguration } from './put-scanning-configuration.ts'
import { rescanImages } from './rescan-images.ts'
import { scanImage } from './scan-image.ts'
import { startScan } from './start-scan.ts'
import type { ReadLayer } from './take-inventory.ts'
import { debianLayer, pushLayers, readLayer, scan } from './testing/scan-world.ts'

const key = keyOf('team/app')
const { signal } = new AbortController()
const openssl = { ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1' }

const enhanced = { type: 'ENHANCED', rules: [{ frequency: 'CONTINUOUS_SCAN', filters: ['team'] }] } as const

let world: TestRegistry
let registry: Registry
beforeEach(async () => {
  world = await openTestRegistry()
  registry = world.registry
  await createRepository(registry, {
    key,
    tagMutability: mutable,
    scanOnPush: true,
    encryption: { type: 'AES256' },
    resourceTags: new Map(),
  })
})
afterEach(() => world[Symbol.asyncDispose]())

async function find({ image }: ManifestPut) {
  const repository = await registry.metadata.repositories.find(key)
  return registry.metadata.scans.find(repository?.id ?? 0, image.digest)
}

async function findings({ image }: ManifestPut) {
  const repository = await registry.metadata.repositories.find(key)
  const place = { repositoryId: repository?.id ?? 0, digest: image.digest }
  const { run = 0 } = (await registry.metadata.scans.find(place.repositoryId, place.digest)) ?? {}
  const found = await registry.metadata.scans.findings(place, run, { from: 0, limit: 100 })
  return found.map(({ name, packageName }) => `${name} ${packageName}`)
}

async function scanEvents() {
  const waiting = await registry.metadata.events.waiting(1_000)
  return waiting
    .map(({ event }) => event)
    .filter((event) => event['detail-type'] === 'ECR Image Scan')
    .map(({ detail }) => detail)
}

function counting(): { readonly read: ReadLayer; readonly count: () => number } {
  let layers = 0
  return {
    read: (layer, options) => {
      layers += 1
      return readLayer(layer, options)
    },
    count: () => layers,
  }
}

/** Makes a rule that hears everything. */
async function listen(): Promise<void> {
  const { account, region } = key
  const rule = { account, region, bus: defaultBus, name: 'all', pattern: '{"source":[{"prefix":""}]}' }
  const facts = { state: 'ENABLED', createdBy: account, createdAt: registry.now() } as const
  await registry.metadata.write((tx) => tx.rules.put({ ...rule, ...facts }))
}

test('a pushed image is scanned, and the event tells what was found', async () => {
  await importAdvisories(registry, [osvRecord('DEBIAN-CVE-2026-1', [openssl], { upstream: ['CVE-2026-1'] })])
  const put = await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1', curl: '7' })], 'v1')
  expect(await find(put)).toMatchObject({ status: 'IN_PROGRESS', startedAt: registry.now() })
  world.pass(5_000)
  await scan(registry, key, put)
  expect(await find(put)).toMatchObject({
    status: 'COMPLETE',
    description: 'The scan was completed successfully.',
    severityCounts: { UNDEFINED: 1 },
    completedAt: registry.now(),
  })
  expect(await findings(put)).toEqual(['CVE-2026-1 openssl'])
  expect(await scanEvents()).toEqual([
    {
      'scan-status': 'COMPLETE',
      'repository-name': 'team/app',
      'finding-severity-counts': { UNDEFINED: 1 },
      'image-digest': put.image.digest,
      'image-tags': ['v1'],
    },
  ])
})

test('what an upgrade in a later layer has mended is not found', async () => {
  await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
  const put = await pushLayers(registry, key, [
    debianLayer({ openssl: '3.0.9-1' }),
    debianLayer({ openssl: '3.0.11-1' }),
  ])
  await scan(registry, key, put)
  expect(await find(put)).toMatchObject({ status: 'COMPLETE', severityCounts: {} })
})

test('a layer that was read once is never read again, in whatever repository', async () => {
  await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
  const base = debianLayer({ openssl: '3.0.9-1' })
  const { read, count } = counting()
  await scan(registry, key, await pushLayers(registry, key, [base]), read)
  expect(count()).toBe(1)
  const other = keyOf('other/app', '111122223333')
  await makeRepository(registry, other)
  await setScanOnPush(registry, other, true)
  await scan(
    registry,
    other,
    await pushLayers(registry, other, [base, [{ path: 'app', content: 'x' }]]),
    read,
  )
  expect(count()).toBe(2)
})

describe('a scan says honestly why it has no findings:', () => {
  test.each([
    [
      'no advisories for the distribution',
      [debianLayer({ curl: '1' })],
      "There are no advisories here for Debian 12 (Debian:12); bring some with 'berth advisories update' or 'berth advisories import', and scan again.",
    ],
    [
      'a distribution nobody knows',
      [[{ path: 'etc/os-release', content: 'ID=nothing\n' }]],
      'UnsupportedImageError: The operating system and/or package manager are not supported.',
    ],
    [
      'a distribution without packages',
      [[{ path: 'etc/os-release', content: 'ID=debian\nVERSION_ID=12\n' }]],
      'UnsupportedImageError: The operating system and/or package manager are not supported.',
    ],
    [
      'no distribution at all',
      [[{ path: 'app', content: 'x' }]],
      'UnsupportedImageError: The operating system and/or package manager are not supported.',
    ],
    [
      'a layer that is broken',
      [[{ path: 'app', content: 'x', size: 99_999 }]],
      "The image can't be read: A layer ends too early.",
    ],
  ])('%s', async (_, layers, description) => {
    const put = await pushLayers(registry, key, layers)
    await scan(registry, key, put)
    expect(await find(put)).toMatchObject({ status: 'FAILED', description, severityCounts: {} })
    expect(await scanEvents()).toMatchObject([{ 'scan-status': 'FAILED', 'finding-severity-counts': {} }])
  })

  test('something that broke three times', async () => {
    const put = await pushLayers(registry, key, [debianLayer({ curl: '1' })])
    const run = (attempt: number) =>
      scanImage(registry, key, put.image.digest, {
        attempt,
        signal,
        judge: async () => {
          throw new Error('The disk is gone')
        },
      })
    for (const attempt of [1, 2]) await expect(run(attempt)).rejects.toThrow('The disk is gone')
    expect(await find(put)).toMatchObject({ status: 'IN_PROGRESS' })
    await expect(run(3)).rejects.toThrow('The disk is gone')
    expect(await find(put)).toMatchObject({
      status: 'FAILED',
      description: expect.stringContaining("the server's log"),
    })
  })
})

test('an image that is deleted meanwhile, or was scanned already, is passed over', async () => {
  const put = await pushLayers(registry, key, [debianLayer({ curl: '1' })])
  const deleting: ReadLayer = async (layer, options) => {
    await deleteImages(registry, key, [{ digest: put.image.digest }], { lastTag: 'deletes-image', cause })
    return readLayer(layer, options)
  }
  await scan(registry, key, put, deleting)
  expect(await find(put)).toBeUndefined()
  expect(await scan(registry, key, put)).toBeUndefined()
  expect(await scanEvents()).toEqual([])
})

test('an image that comes back from the archive is scanned anew', async () => {
  await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
  const put = await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1' })])
  await scan(registry, key, put)
  await updateStorageClass(registry, key, { digest: put.image.digest, target: 'ARCHIVE' })
  await expect(startScan(registry, key, put.image.digest)).rejects.toThrow('archived')
  await updateStorageClass(registry, key, { digest: put.image.digest, target: 'STANDARD' })
  await activateImage(registry, key, put.image.digest)
  expect(await find(put)).toMatchObject({ status: 'IN_PROGRESS', severityCounts: {} })
})

describe('when advisories change', () => {
  const rescan = () => rescanImages(registry, { signal, tell: () => {}, rest: async () => {} })

  test('images that are scanned continuously are looked at again without reading a layer', async () => {
    await putScanningConfiguration(registry, key, enhanced)
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    const put = await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1', curl: '7' })])
    await scan(registry, key, put)
    const at = registry.now()
    world.pass(60_000)
    await importAdvisories(registry, [
      osvRecord('CVE-2026-2', [{ ecosystem: 'Debian:12', name: 'curl', fixed: '8' }]),
    ])
    expect(await rescan()).toEqual({ images: 1, changed: 1 })
    expect(await findings(put)).toEqual(['CVE-2026-1 openssl', 'CVE-2026-2 curl'])
    expect(await find(put)).toMatchObject({
      status: 'ACTIVE',
      severityCounts: { UNDEFINED: 2 },
      completedAt: registry.now(),
    })
    const repository = await registry.metadata.repositories.find(key)
    const place = { repositoryId: repository?.id ?? 0, digest: put.image.digest }
    const found = await registry.metadata.scans.findings(place, 2, { from: 0, limit: 9 })
    expect(found.map(({ firstObservedAt }) => firstObservedAt)).toEqual([
      at.getTime(),
      registry.now().getTime(),
    ])
  })

  test('an image of which nothing new is known keeps its findings, and says how new they are', async () => {
    await putScanningConfiguration(registry, key, enhanced)
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    const put = await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1' })])
    await scan(registry, key, put)
    world.pass(60_000)
    await importAdvisories(registry, [
      osvRecord('CVE-2026-2', [{ ecosystem: 'Debian:12', name: 'curl', fixed: '8' }]),
    ])
    expect(await rescan()).toEqual({ images: 1, changed: 0 })
    expect(await find(put)).toMatchObject({ run: 1, sourceUpdatedAt: registry.now() })
  })

  test('an image whose layers an earlier version has read is read again', async () => {
    await putScanningConfiguration(registry, key, enhanced)
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    const files = debianLayer({ openssl: '3.0.9-1' })
    const put = await pushLayers(registry, key, [files])
    await scan(registry, key, put)
    const { digest: layer } = textBlob(tarOf(files).toString('latin1'))
    await registry.metadata.write((tx) =>
      tx.scans.keepInventory(layer, inventoryVersion - 1, { files: [], removed: [], emptied: [] }),
    )
    expect(await rescan()).toEqual({ images: 1, changed: 0 })
    expect(await find(put)).toMatchObject({ status: 'PENDING' })
    await scan(registry, key, put)
    expect(await findings(put)).toEqual(['CVE-2026-1 openssl'])
  })

  test('each finding that is new or gone is told, while a rule listens', async () => {
    await putScanningConfiguration(registry, key, enhanced)
    const curl = { ecosystem: 'Debian:12', name: 'curl', fixed: '8' }
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    const put = await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1', curl: '7' })], 'v1')
    await scan(registry, key, put)
    const told = async () => {
      const waiting = await registry.metadata.events.waiting(99)
      await registry.metadata.write((tx) => tx.events.remove(waiting.map(({ id }) => id)))
      return waiting.map(({ event }) => event).filter(({ source }) => source === 'aws.inspector2')
    }
    expect(await told()).toMatchObject([
      { 'detail-type': 'Inspector2 Scan', detail: { 'finding-severity-counts': { UNDEFINED: 1, TOTAL: 1 } } },
    ])
    await listen()
    await importAdvisories(registry, [
      osvRecord('CVE-2026-1', [openssl], {
        modified: '2026-02-02T00:00:00Z',
        withdrawn: '2026-02-02T00:00:00Z',
      }),
      osvRecord('CVE-2026-2', [curl]),
    ])
    await rescan()
    expect((await told()).map(({ detail }) => [detail.title, detail.status])).toEqual([
      ['CVE-2026-2 - curl', 'ACTIVE'],
      ['CVE-2026-1 - openssl', 'CLOSED'],
    ])
  })

  test('images that are not scanned continuously are left alone', async () => {
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    await scan(registry, key, await pushLayers(registry, key, [debianLayer({ openssl: '3.0.9-1' })]))
    expect(await rescan()).toEqual({ images: 0, changed: 0 })
  })
})

describe('packages of languages', () => {
  const leftPad = osvRecord('GHSA-1', [{ ecosystem: 'npm', name: 'left-pad', fixed: '2.0.0' }], {
    aliases: ['CVE-2026-9'],
  })
  const layer = [
    ...debianLayer({ openssl: '3.0.11-1' }),
    { path: 'app/node_modules/left-pad/package.json', content: '{"name":"left-pad","version":"1.3.0"}' },
  ]

  test('are looked at by enhanced scanning, and not by basic', async () => {
    await importAdvisories(registry, [leftPad, osvRecord('CVE-2026-1', [openssl])])
    const put = await pushLayers(registry, key, [layer])
    await scan(registry, key, put)
    expect(await findings(put)).toEqual([])
    await putScanningConfiguration(registry, key, enhanced)
    await applyScanning(registry, key, signal)
    await scan(registry, key, put)
    expect(await findings(put)).toEqual(['CVE-2026-9 left-pad'])
  })

  test('for which there are no advisories are said to be left out', async () => {
    await importAdvisories(registry, [osvRecord('CVE-2026-1', [openssl])])
    await putScanningConfiguration(registry, key, enhanced)
    const put = await pushLayers(registry, key, [layer])
    await scan(registry, key, put)
    const description = expect.stringContaining('There are no advisories here for npm;')
    expect(await find(put)).toMatchObject({ status: 'ACTIVE', description })
  })
})

test('where a rest is asked for, an image is not scanned by hand before it is over', async () => {
  const resting = { ...registry, scans: { ...registry.scans, cooldown: 86_400_000 } }
  const put = await pushLayers(registry, key, [debianLayer({ curl: '1' })])
  await startScan(resting, key, put.image.digest)
  await scan(registry, key, put)
  await expect(startScan(resting, key, put.image.digest)).rejects.toThrow(
    'The scan quota per image has been exceeded. Wait and try again.',
  )
  world.pass(86_400_000)
  await startScan(resting, key, put.image.digest)
  expect(await find(put)).toMatchObject({ status: 'IN_PROGRESS', run: 2 })
})
