import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { osvRecord } from '../../../tests/support/advisories.ts'
import type { Acceptance } from '../../core/scanning/acceptance.ts'
import type { PullGate } from '../../core/scanning/pull-gate.ts'
import { findRepository } from '../find-repository.ts'
import { getManifest } from '../get-manifest.ts'
import type { ManifestPut } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import { importAdvisories } from '../scans/import-advisories.ts'
import { requestScan } from '../scans/request-scan.ts'
import { startScan } from '../scans/start-scan.ts'
import { debianLayer, pushLayers, scan } from '../scans/testing/scan-world.ts'
import { imageType, indexType, manifestOf, pushManifest } from '../testing/test-images.ts'
import { keyOf, makeRepository, openTestRegistry, type TestRegistry } from '../testing/test-registry.ts'
import { deletePullGate, putPullGate } from './change-pull-gate.ts'
import { compareImages } from './compare-images.ts'
import { leaveOutAccepted } from './leave-out-accepted.ts'
import { deleteAcceptance, putAcceptances } from './put-acceptances.ts'
import { reportFindings } from './report-findings.ts'

const key = keyOf('team/app')

function debian(id: string, name: string, severity: string) {
  const affected = [{ ecosystem: 'Debian:12', name, fixed: '9' }]
  return osvRecord(`DEBIAN-${id}`, affected, { upstream: [id], database_specific: { severity } })
}

let world: TestRegistry
let registry: Registry
beforeEach(async () => {
  world = await openTestRegistry()
  registry = world.registry
  await makeRepository(registry, key)
  await importAdvisories(registry, [
    debian('CVE-2026-1', 'openssl', 'high'),
    debian('CVE-2026-2', 'curl', 'low'),
    debian('CVE-2026-3', 'zlib', 'critical'),
  ])
})
afterEach(() => world[Symbol.asyncDispose]())

async function scanned(packages: Readonly<Record<string, string>>): Promise<ManifestPut> {
  const put = await pushLayers(registry, key, [debianLayer(packages)])
  await startScan(registry, key, put.image.digest)
  await scan(registry, key, put)
  return put
}

function pushIndex(...images: readonly ManifestPut[]): Promise<ManifestPut> {
  const manifests = images.map(({ image: { digest, manifestBytes } }) => ({
    mediaType: imageType,
    digest,
    size: manifestBytes,
  }))
  return pushManifest(registry, key, manifestOf({ schemaVersion: 2, mediaType: indexType, manifests }))
}

function pull({ image }: ManifestPut, as: 'pull' | 'look' = 'pull', by?: string) {
  const reference = { kind: 'digest', digest: image.digest } as const
  return getManifest(registry, { repository: key, reference, as, by })
}

function accept(vulnerability: string, facts: Partial<Acceptance> = {}): Promise<void> {
  const why = { status: 'RISK_ACCEPTED', reason: 'because', by: 'arn:x' } as const
  return putAcceptances(registry, key, [{ vulnerability, ...why, at: registry.now(), ...facts }])
}

const high: PullGate = { severity: 'HIGH', unscanned: 'REFUSE', exempt: [] }

describe('a pull gate', () => {
  test('stops images with findings of its severity, and names them', async () => {
    const bad = await scanned({ openssl: '1', curl: '1' })
    const fair = await scanned({ curl: '1' })
    await pull(bad)
    await putPullGate(registry, key, high)
    await expect(pull(bad)).rejects.toThrow(
      `The image with digest '${bad.image.digest}' can't be pulled from the repository with name 'team/app': its pull gate stops findings of severity HIGH or worse, which it has: CVE-2026-1 (openssl)`,
    )
    await pull(fair)
    await pull(bad, 'look')
    await deletePullGate(registry, key)
    await pull(bad)
  })

  test('stops images that no scan tells anything of, unless it lets them pass', async () => {
    const unknown = await pushLayers(registry, key, [debianLayer({ curl: '1' })])
    const unsupported = await pushLayers(registry, key, [[{ path: 'hello', content: 'x' }]])
    await startScan(registry, key, unsupported.image.digest)
    await scan(registry, key, unsupported)
    await putPullGate(registry, key, high)
    await expect(pull(unknown)).rejects.toThrow('it was not scanned yet')
    await expect(pull(unsupported)).rejects.toThrow('UnsupportedImageError')
    await putPullGate(registry, key, { ...high, unscanned: 'ALLOW' })
    await pull(unknown)
    await pull(unsupported)
  })

  test('lets those pass whom it exempts, and the sessions of roles among them', async () => {
    const bad = await scanned({ openssl: '1' })
    const by = (arn: string) => pull(bad, 'pull', `arn:aws:${arn}`)
    await putPullGate(registry, key, { ...high, exempt: ['arn:aws:iam::000000000000:role/ops/break-*'] })
    await by('sts::000000000000:assumed-role/break-glass/jane')
    await by('iam::000000000000:role/ops/break-glass')
    const others = [
      'sts::000000000000:assumed-role/other/break-glass',
      'sts::111122223333:assumed-role/break-glass/jane',
      'iam::000000000000:user/break-glass',
      'iam::000000000000:role/broken',
    ]
    for (const other of others) await expect(by(other)).rejects.toThrow('CVE-2026-1')
    await expect(pull(bad)).rejects.toThrow('CVE-2026-1')
  })

  test('lets pass what is accepted, as long as it is', async () => {
    const bad = await scanned({ openssl: '1' })
    await putPullGate(registry, key, high)
    await accept('CVE-2026-1', { expiresAt: new Date(registry.now().getTime() + 1_000) })
    await pull(bad)
    world.pass(1_000)
    await expect(pull(bad)).rejects.toThrow('CVE-2026-1')
    await accept('CVE-2026-1')
    await pull(bad)
    await deleteAcceptance(registry, key, { vulnerability: 'CVE-2026-1' })
    await expect(pull(bad)).rejects.toThrow('CVE-2026-1')
  })

  test('decides an index by its images', async () => {
    const [bad, good] = [await scanned({ openssl: '1' }), await scanned({ openssl: '9' })]
    const index = await pushIndex(bad, good)
    await putPullGate(registry, key, high)
    await pull(index)
    await pull(good)
    await expect(pull(bad)).rejects.toThrow('CVE-2026-1')
  })
})

describe('what is accepted', () => {
  const counts = async ({ image }: ManifestPut) => {
    const repository = await findRepository(registry, key)
    const found = await registry.metadata.scans.findMany(repository.id, [image.digest])
    return (await leaveOutAccepted(registry, repository, found)).map(({ severityCounts }) => severityCounts)
  }

  test('is not counted, and counts again when it is over', async () => {
    const put = await scanned({ openssl: '1', curl: '1' })
    expect(await counts(put)).toEqual([{ HIGH: 1, LOW: 1 }])
    await accept('CVE-2026-1', { packageName: 'openssl', repository: key.name })
    await accept('CVE-2026-2', { packageName: 'wget' })
    expect(await counts(put)).toEqual([{ LOW: 1 }])
    await deleteAcceptance(registry, key, {
      vulnerability: 'CVE-2026-1',
      packageName: 'openssl',
      repository: key.name,
    })
    expect(await counts(put)).toEqual([{ HIGH: 1, LOW: 1 }])
  })
})

describe('an index', () => {
  const report = async ({ image }: ManifestPut) =>
    reportFindings(registry, await findRepository(registry, key), image)

  test('has what any of its images has, each once, worst first', async () => {
    const [one, other] = [await scanned({ openssl: '1', curl: '1' }), await scanned({ curl: '1', zlib: '1' })]
    const digests = [one.image.digest, other.image.digest]
    const { state, findings } = await report(await pushIndex(one, other))
    expect(state).toBe('COMPLETE')
    expect(findings.map(({ name, images }) => [name, images.toSorted()])).toEqual([
      ['CVE-2026-3', [other.image.digest]],
      ['CVE-2026-1', [one.image.digest]],
      ['CVE-2026-2', digests.toSorted()],
    ])
  })

  test('is scanned by scanning its images, those only that were not', async () => {
    const known = await scanned({ curl: '1' })
    const fresh = await pushLayers(registry, key, [debianLayer({ zlib: '1' })])
    const index = await pushIndex(known, fresh)
    expect((await report(index)).state).toBe('NOT_SCANNED')
    const wanted = { digest: index.image.digest, scope: 'missing' } as const
    expect(await requestScan(registry, key, wanted)).toBe(1)
    expect((await report(index)).state).toBe('IN_PROGRESS')
    await scan(registry, key, fresh)
    expect((await report(index)).state).toBe('COMPLETE')
    expect(await requestScan(registry, key, wanted)).toBe(0)
    expect(await requestScan(registry, key, { ...wanted, scope: 'all' })).toBe(2)
  })
})

test('two images are compared by what scans have found in them', async () => {
  const repository = await findRepository(registry, key)
  const [before, after] = [
    await scanned({ openssl: '1', curl: '1' }),
    await scanned({ curl: '2', zlib: '1' }),
  ]
  const placed = ({ image }: ManifestPut) => ({ repository, image })
  const { added, removed, kept } = await compareImages(registry, placed(before), placed(after))
  expect([added, removed, kept].map((some) => some.map(({ name }) => name))).toEqual([
    ['CVE-2026-3'],
    ['CVE-2026-1'],
    ['CVE-2026-2'],
  ])
})
