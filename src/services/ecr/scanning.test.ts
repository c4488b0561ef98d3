import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { osvRecord } from '../../../tests/support/advisories.ts'
import { tarOf } from '../../../tests/support/tar.ts'
import { sampleTask } from '../../core/ecs/testing/sample-task.ts'
import { parseDigest } from '../../core/names/digest.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { applyScanning } from '../../registry/scans/apply-scanning.ts'
import { importAdvisories } from '../../registry/scans/import-advisories.ts'
import { ownJudge } from '../../registry/scans/own-judge.ts'
import { scanImage } from '../../registry/scans/scan-image.ts'
import { debianLayer, readLayer } from '../../registry/scans/testing/scan-world.ts'
import { hearAll } from '../../stores/metadata/testing/hear-all.ts'
import { batchGetRepositoryScanningConfiguration } from './batch-get-repository-scanning-configuration.ts'
import { createRepository } from './create-repository.ts'
import { describeImageScanFindings } from './describe-image-scan-findings.ts'
import { describeImages } from './describe-images.ts'
import { getRegistryScanningConfiguration } from './get-registry-scanning-configuration.ts'
import { putImage } from './put-image.ts'
import { putRegistryScanningConfiguration } from './put-registry-scanning-configuration.ts'
import { startImageScan } from './start-image-scan.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './testing/ecr-desk.ts'
import {
  descriptor,
  imageType,
  pushImage,
  pushLayer,
  sampleImage,
  sampleIndex,
  sha256,
} from './testing/sample-image.ts'

const repositoryName = 'team/app'
const names = { registryId: ourAccount, repositoryName }
const key = {
  account: ourAccount,
  region: parseRegion('us-east-1'),
  name: parseRepositoryName(repositoryName),
}
const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
})
afterEach(() => desk[Symbol.asyncDispose]())

/** Pushes an image with these packages of Debian 12 as `v1`. */
async function pushDebian(packages: Readonly<Record<string, string>>): Promise<string> {
  const layer = tarOf(debianLayer(packages)).toString('latin1')
  for (const content of ['{}', layer]) await pushLayer(desk, repositoryName, content)
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: descriptor('application/vnd.oci.image.config.v1+json', '{}'),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', layer)],
  })
  await desk.ask(putImage, { repositoryName, imageManifest, imageTag: 'v1' })
  return sha256(imageManifest)
}

async function scan(imageDigest: string): Promise<void> {
  const { signal } = new AbortController()
  const { registry } = desk.context
  const judge = ownJudge(registry, readLayer)
  await scanImage(registry, key, parseDigest(imageDigest), { attempt: 1, signal, judge })
}

async function importRecords(...records: object[]): Promise<void> {
  await importAdvisories(desk.context.registry, records)
}

const imageId = { imageTag: 'v1' }
const start = (id: object = imageId) => desk.ask(startImageScan, { repositoryName, imageId: id })
const findings = (more: object = {}) =>
  desk.ask(describeImageScanFindings, { repositoryName, imageId, ...more })

const curl = osvRecord('DEBIAN-CVE-2026-7', [{ ecosystem: 'Debian:12', name: 'curl', fixed: '8.0-1' }], {
  upstream: ['CVE-2026-7'],
  details: 'It breaks.',
  severity: [{ type: 'CVSS_V3', score: vector }],
})

describe('a basic scan', () => {
  test('is under way, and then has findings as ECR shows them', async () => {
    await importRecords(curl)
    const imageDigest = await pushDebian({ curl: '7.88-1' })
    const id = { imageDigest, imageTag: 'v1' }
    const status = { status: 'IN_PROGRESS' }
    expect(await start()).toEqual({ ...names, imageId: id, imageScanStatus: status })
    expect(await findings()).toEqual({ ...names, imageId: id, imageScanStatus: status })
    desk.pass(5_000)
    await scan(imageDigest)
    const at = desk.context.registry.now()
    const facts = {
      imageScanCompletedAt: at,
      vulnerabilitySourceUpdatedAt: new Date(at.getTime() - 5_000),
      findingSeverityCounts: { CRITICAL: 1 },
    }
    const complete = { status: 'COMPLETE', description: 'The scan was completed successfully.' }
    expect(await findings()).toEqual({
      ...names,
      imageId: id,
      imageScanStatus: complete,
      nextToken: undefined,
      imageScanFindings: {
        ...facts,
        findings: [
          {
            name: 'CVE-2026-7',
            description: 'It breaks.',
            uri: 'https://security-tracker.debian.org/tracker/CVE-2026-7',
            severity: 'CRITICAL',
            attributes: [
              { key: 'package_version', value: '7.88-1' },
              { key: 'package_name', value: 'curl' },
              { key: 'fixed_version', value: '8.0-1' },
              { key: 'CVSS3_VECTOR', value: vector },
              { key: 'CVSS3_SCORE', value: '9.8' },
            ],
          },
        ],
      },
    })
    const { imageDetails = [] } = await desk.ask(describeImages, { repositoryName })
    expect(imageDetails).toMatchObject([{ imageScanStatus: complete, imageScanFindingsSummary: facts }])
  })

  test('has findings in pages, whose tokens end with the next scan', async () => {
    const ids = Array.from({ length: 250 }, (_, number) => `CVE-2026-${1000 + number}`)
    await importRecords(...ids.map((id) => osvRecord(id, [{ ecosystem: 'Debian:12', name: 'curl' }])))
    const imageDigest = await pushDebian({ curl: '7' })
    await start()
    await scan(imageDigest)
    const found: unknown[] = []
    let nextToken: string | undefined
    let first: string | undefined
    do {
      const page = await findings({ maxResults: 120, ...(nextToken !== undefined && { nextToken }) })
      expect(page.imageScanFindings?.findingSeverityCounts).toEqual({ UNDEFINED: 250 })
      found.push(...(page.imageScanFindings?.findings ?? []).map(({ name }) => name))
      nextToken = page.nextToken
      first ??= nextToken
    } while (nextToken !== undefined)
    expect(found).toEqual(ids)
    await start()
    await scan(imageDigest)
    await expect(findings({ nextToken: first })).rejects.toThrow('Invalid next token')
  })

  test('that failed has no findings to show, and never an empty list', async () => {
    const imageDigest = await pushDebian({ curl: '7' })
    await start()
    await scan(imageDigest)
    const answer = await findings()
    expect(answer.imageScanStatus).toMatchObject({
      status: 'FAILED',
      description: expect.stringContaining('There are no advisories'),
    })
    expect(answer).not.toHaveProperty('imageScanFindings')
    const { imageDetails: [detail] = [] } = await desk.ask(describeImages, { repositoryName })
    expect(detail).not.toHaveProperty('imageScanFindingsSummary')
  })

  test('of what is not there, was never scanned, or is an index, is refused in ECR’s words', async () => {
    const imageDigest = await pushDebian({ curl: '7' })
    await expect(findings()).rejects.toThrow(
      `Image scan does not exist for the image with '{imageDigest:'${imageDigest}', imageTag:'v1'}' in the repository with name 'team/app' in the registry with id '111122223333'`,
    )
    await expect(start({ imageTag: 'none' })).rejects.toThrow('does not exist within the repository')
    const image = await pushImage(desk, repositoryName, sampleImage('child'))
    await desk.ask(putImage, { repositoryName, imageManifest: sampleIndex([image]), imageTag: 'index' })
    await expect(start({ imageTag: 'index' })).rejects.toThrow(
      'The operating system and/or package manager are not supported',
    )
  })
})

describe('the scanning configuration', () => {
  const put = (input: object) => desk.ask(putRegistryScanningConfiguration, input)
  const filters = (...filter: string[]) =>
    filter.map((each) => ({ filter: each, filterType: 'WILDCARD' as const }))
  const batch = async (...repositoryNames: string[]) =>
    desk.ask(batchGetRepositoryScanningConfiguration, { repositoryNames })

  test('is basic without rules until it is put, and replaced as a whole', async () => {
    const empty = { scanType: 'BASIC', rules: [] }
    const get = () => desk.ask(getRegistryScanningConfiguration, {})
    expect(await get()).toEqual({ registryId: ourAccount, scanningConfiguration: empty })
    const rules = [{ scanFrequency: 'SCAN_ON_PUSH' as const, repositoryFilters: filters('team', 'prod*') }]
    const given = { scanType: 'BASIC' as const, rules }
    expect(await put(given)).toEqual({ registryScanningConfiguration: given })
    expect(await get()).toEqual({ registryId: ourAccount, scanningConfiguration: given })
    expect(await put({})).toEqual({ registryScanningConfiguration: empty })
    expect(await get()).toEqual({ registryId: ourAccount, scanningConfiguration: empty })
  })

  test.each([
    ['CONTINUOUS_SCAN', 'BASIC'],
    ['MANUAL', 'ENHANCED'],
  ])('has no %s for %s', async (scanFrequency, scanType) => {
    const rules = [{ scanFrequency, repositoryFilters: filters('*') }]
    await expect(put({ scanType, rules })).rejects.toThrow("Invalid parameter at 'rules'")
  })

  test('has one rule for each frequency', async () => {
    const rule = { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: filters('*') }
    await expect(put({ rules: [rule, rule] })).rejects.toThrow("Invalid parameter at 'rules'")
  })

  test('is told for each repository, with the filters that fit', async () => {
    await desk.ask(createRepository, { repositoryName: 'other' })
    await put({ rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: filters('team', 'x', '*app') }] })
    const arn = (name: string) => `arn:aws:ecr:us-east-1:111122223333:repository/${name}`
    expect(await batch('team/app', 'missing', 'other')).toEqual({
      scanningConfigurations: [
        {
          repositoryArn: arn('team/app'),
          repositoryName: 'team/app',
          scanOnPush: true,
          scanFrequency: 'SCAN_ON_PUSH',
          appliedScanFilters: filters('team', '*app'),
        },
        {
          repositoryArn: arn('other'),
          repositoryName: 'other',
          scanOnPush: false,
          scanFrequency: 'MANUAL',
          appliedScanFilters: [],
        },
      ],
      failures: [
        {
          repositoryName: 'missing',
          failureCode: 'REPOSITORY_NOT_FOUND',
          failureReason: 'REPOSITORY_NOT_FOUND',
        },
      ],
    })
  })
})

describe('enhanced scanning', () => {
  const enhance = async (scanFrequency: 'CONTINUOUS_SCAN' | 'SCAN_ON_PUSH', filter: string) => {
    const rules = [{ scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' as const }] }]
    await desk.ask(putRegistryScanningConfiguration, { scanType: 'ENHANCED', rules })
    await applyScanning(desk.context.registry, key, new AbortController().signal)
  }

  test('looks at what is there already, tells of the change, and is not started by hand', async () => {
    await importRecords(curl)
    const imageDigest = await pushDebian({ curl: '1:7.88-1' })
    await hearAll(desk.context.registry.metadata, key)
    await enhance('CONTINUOUS_SCAN', 'team')
    expect((await findings()).imageScanStatus).toEqual({ status: 'PENDING' })
    await expect(start()).rejects.toThrow('This feature is disabled')
    const events = await desk.context.registry.metadata.events.waiting(100)
    expect(events.at(-1)?.event).toMatchObject({
      'detail-type': 'ECR Scan Resource Change',
      detail: {
        repositories: [{ 'scan-frequency': 'CONTINUOUS_SCAN', 'previous-scan-frequency': 'MANUAL' }],
      },
    })
    await scan(imageDigest)
    expect((await findings()).imageScanStatus).toMatchObject({ status: 'ACTIVE' })
  })

  test('shows findings as Amazon Inspector does', async () => {
    await importRecords(curl)
    await enhance('SCAN_ON_PUSH', 'team/*')
    const imageDigest = await pushDebian({ curl: '7.88-1' })
    await scan(imageDigest)
    const { imageScanFindings } = await findings()
    expect(imageScanFindings).not.toHaveProperty('findings')
    expect(imageScanFindings?.enhancedFindings).toMatchObject([
      {
        awsAccountId: ourAccount,
        type: 'PACKAGE_VULNERABILITY',
        status: 'ACTIVE',
        title: 'CVE-2026-7 - curl',
        severity: 'CRITICAL',
        score: 9.8,
        fixAvailable: 'YES',
        packageVulnerabilityDetails: {
          vulnerabilityId: 'CVE-2026-7',
          vulnerablePackages: [
            {
              name: 'curl',
              epoch: 0,
              version: '7.88',
              release: '1',
              packageManager: 'OS',
              fixedInVersion: '8.0-1',
            },
          ],
        },
        resources: [
          {
            type: 'AWS_ECR_CONTAINER_IMAGE',
            details: { awsEcrContainerImage: { imageHash: imageDigest, imageTags: ['v1'] } },
          },
        ],
      },
    ])
  })

  test('tells how many tasks run the image, and when one last did', async () => {
    await importRecords(curl)
    await enhance('SCAN_ON_PUSH', 'team/*')
    const imageDigest = await pushDebian({ curl: '7.88-1' })
    await scan(imageDigest)
    const use = async () => {
      const { imageScanFindings } = await findings()
      return imageScanFindings?.enhancedFindings?.[0]?.resources?.[0]?.details?.awsEcrContainerImage
    }
    const put = (facts: Parameters<typeof sampleTask>[1]) => {
      const task = sampleTask([{ repository: key, digest: parseDigest(imageDigest) }], facts)
      return desk.context.registry.metadata.write((tx) => tx.tasks.put(task))
    }
    expect(await use()).toMatchObject({ inUseCount: 0, lastInUseAt: undefined })
    for (const number of [1, 2]) await put({ number })
    expect(await use()).toMatchObject({ inUseCount: 2, lastInUseAt: desk.context.registry.now() })
    const stoppedAt = new Date('2026-02-03T04:05:06Z')
    for (const number of [1, 2]) await put({ number, status: 'STOPPED', stoppedAt: stoppedAt.getTime() })
    expect(await use()).toMatchObject({ inUseCount: 0, lastInUseAt: stoppedAt })
  })

  test('leaves repositories alone that no filter fits', async () => {
    await enhance('CONTINUOUS_SCAN', 'prod')
    await pushDebian({ curl: '7' })
    await expect(findings()).rejects.toThrow('Image scan does not exist')
  })
})
