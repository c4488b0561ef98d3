import { setTimeout as wait } from 'node:timers/promises'
import { BerthClient } from '../../cli/berth-client.ts'
import { parseAccountId } from '../../src/core/names/account-id.ts'
import { parseRegion } from '../../src/core/names/region.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import { rescanJob } from '../../src/core/scanning/scan-jobs.ts'
import { startBerth } from '../peers/berth.ts'
import { advisory, fillScannedImages, scannedWorld } from '../peers/fill-scanned-images.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const key = {
  account: parseAccountId('000000000000'),
  region: parseRegion('us-east-1'),
  name: parseRepositoryName('bench/scanned'),
}
/** A vulnerability that every image has, of this package; only in the first of the shared layers that is before this version. */
const commonName = 'CVE-2025-10000'
const commonPackage = 'deb-0'
const firstBaseIsBefore = '1.1.0-1'
/** Milliseconds. */
const lookEvery = 100
const searches = 20

/** What continuous scanning costs when advisories change, and how fast a vulnerability is found in all images. */
export const rescan: Row = {
  name: 'rescan',
  about: 'findings of 100,000 images after advisories have changed, and where a vulnerability is',
  run,
}

async function run({ scratch, quick, say }: Bench): Promise<readonly Result[]> {
  const images = quick ? 5_000 : 100_000
  const folder = scratch.newFolder('berth')
  say(`writing ${images} images`)
  await fillScannedImages(folder, key, images)
  await using berth = await startBerth(scratch, folder)
  const client = new BerthClient(berth.connection)
  say('all of them, which all change')
  const all = await rescanTime(client)
  await requireFound(client, images)
  say('once more, where one in twenty changes')
  const found = { ecosystem: 'Debian:12', name: commonPackage, fixed: firstBaseIsBefore }
  await client.call('ImportAdvisories', { records: JSON.stringify(advisory('CVE-2025-9999', found)) })
  const few = await rescanTime(client)
  const searched = await searchTimes(client)
  const { peak } = await berth.memory()
  return results({ images, all, few, searched, peak })
}

interface Measured {
  readonly images: number
  readonly all: number
  readonly few: number
  readonly searched: readonly number[]
  readonly peak: number
}

function results({ images, all, few, searched, peak }: Measured): readonly Result[] {
  const count = images.toLocaleString('en')
  const { bases, basePackages, ownPackages, vulnerableEvery } = scannedWorld
  const notes = [
    `each image has ${basePackages} packages of Debian, in one of ${bases} layers that images share, and ${ownPackages} of npm in a layer of its own; one in ${vulnerableEvery} is vulnerable`,
    'no layer is read: none is there',
  ]
  const goal = { atMost: 600_000 }
  const peakMemory = { berth: peak }
  return [
    {
      what: `findings of ${count} images anew, which all change`,
      unit: 'ms',
      berth: [all],
      goal,
      peakMemory,
      notes,
    },
    {
      what: `findings of ${count} images anew, of which one in ${bases} changes`,
      unit: 'ms',
      berth: [few],
      goal,
      notes,
    },
    {
      what: `where a vulnerability is that all ${count} images have`,
      unit: 'ms',
      berth: searched,
      goal: { atMost: 1_000 },
      notes: ['the first page of 100 and the count; signing included'],
    },
  ]
}

/** From when the job runs until it is done, in milliseconds. */
async function rescanTime(client: BerthClient): Promise<number> {
  while ((await rescanStatus(client)) !== 'RUNNING') await wait(lookEvery)
  const start = performance.now()
  while ((await rescanStatus(client)) !== undefined) await wait(lookEvery)
  return performance.now() - start
}

async function rescanStatus(client: BerthClient): Promise<string | undefined> {
  const { jobs } = await client.call('ListJobs', { kind: rescanJob.kind })
  return jobs[0]?.status
}

/** @throws Error when not every image has what every image must have */
async function requireFound(client: BerthClient, images: number): Promise<void> {
  const { imageCount } = await client.call('FindVulnerability', { vulnerabilityName: commonName })
  if (imageCount !== images) throw new Error(`${imageCount} of ${images} images have ${commonName}`)
}

async function searchTimes(client: BerthClient): Promise<number[]> {
  const times: number[] = []
  for (let search = 0; search < searches; search += 1) {
    const start = performance.now()
    await client.call('FindVulnerability', { vulnerabilityName: commonName })
    times.push(performance.now() - start)
  }
  return times
}
