import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImageScanFindingsCommand,
  GetRegistryScanningConfigurationCommand,
  PutImageScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'
import { vulnerability, vulnerableImage } from '../vulnerable-image.ts'

const repositoryName = 'team/app'
const asked = (name = repositoryName) => ({ repositoryName: name, imageId: { imageTag: 'v1' } })

async function pushVulnerable({ create, push }: Desk, name = repositoryName): Promise<void> {
  await create(name)
  await push(name, 'v1', vulnerableImage())
}

async function findings({ ecr }: Desk, name = repositoryName): Promise<(string | undefined)[]> {
  const answer = await ecr.send(new DescribeImageScanFindingsCommand(asked(name)))
  return answer.imageScanFindings?.findings?.map((finding) => finding.name) ?? []
}

/** Waits until a scan has found what is wrong with the image. */
async function expectFound(desk: Desk, name = repositoryName): Promise<void> {
  await expect.poll(() => findings(desk, name), { timeout: 30_000 }).toEqual([vulnerability])
}

async function expectNotScanned(desk: Desk, name = repositoryName): Promise<void> {
  await expect(findings(desk, name)).rejects.toMatchObject({ name: 'ScanNotFoundException' })
}

async function scanOnPush({ ecr }: Desk, filter: string): Promise<void> {
  const repositoryFilters = [{ filter, filterType: 'WILDCARD' as const }]
  const rules = [{ scanFrequency: 'SCAN_ON_PUSH' as const, repositoryFilters }]
  await ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'BASIC', rules }))
}

export const scanningEvidence: EvidenceByOperation = {
  StartImageScan: real('the scan that it starts finds what is vulnerable', async (desk) => {
    await pushVulnerable(desk)
    await expectNotScanned(desk)
    await desk.ecr.send(new StartImageScanCommand(asked()))
    await expectFound(desk)
  }),
  DescribeImageScanFindings: real('it tells what is vulnerable in the layers pushed', async (desk) => {
    await pushVulnerable(desk)
    await desk.ecr.send(new StartImageScanCommand(asked()))
    await expectFound(desk)
  }),
  PutRegistryScanningConfiguration: real('what is pushed where its filters fit is scanned', async (desk) => {
    await scanOnPush(desk, 'prod/*')
    await pushVulnerable(desk, 'prod/app')
    await pushVulnerable(desk, 'test/app')
    await expectFound(desk, 'prod/app')
    await expectNotScanned(desk, 'test/app')
  }),
  GetRegistryScanningConfiguration: enforced('it tells the kind of scans there are', async (desk) => {
    await pushVulnerable(desk)
    await desk.ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules: [] }))
    const told = await desk.ecr.send(new GetRegistryScanningConfigurationCommand({}))
    expect(told.scanningConfiguration).toEqual({ scanType: 'ENHANCED', rules: [] })
    const started = desk.ecr.send(new StartImageScanCommand(asked()))
    await expect(started).rejects.toThrow('This feature is disabled')
  }),
  BatchGetRepositoryScanningConfiguration: enforced('it tells where a push is scanned', async (desk) => {
    await scanOnPush(desk, 'prod/*')
    const repositoryNames = ['prod/app', 'test/app']
    for (const name of repositoryNames) await pushVulnerable(desk, name)
    const batch = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames })
    const { scanningConfigurations } = await desk.ecr.send(batch)
    expect(scanningConfigurations).toMatchObject([
      {
        repositoryName: 'prod/app',
        scanFrequency: 'SCAN_ON_PUSH',
        appliedScanFilters: [{ filter: 'prod/*' }],
      },
      { repositoryName: 'test/app', scanFrequency: 'MANUAL' },
    ])
    await expectFound(desk, 'prod/app')
    await expectNotScanned(desk, 'test/app')
  }),
  PutImageScanningConfiguration: real('what is pushed after it is scanned', async (desk) => {
    await desk.create(repositoryName)
    const imageScanningConfiguration = { scanOnPush: true }
    await desk.ecr.send(
      new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }),
    )
    await desk.push(repositoryName, 'v1', vulnerableImage())
    await expectFound(desk)
  }),
}
