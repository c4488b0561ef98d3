import { createHash } from 'node:crypto'
import {
  findVulnerabilities,
  groupBySubject,
  type Vulnerability,
} from '../../core/scanning/find-vulnerabilities.ts'
import { scopeOf, uncovered } from '../../core/scanning/judge-inventory.ts'
import type { ImageInventory } from '../../core/scanning/layer-inventory.ts'
import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import { countSeverities } from '../../core/scanning/severity.ts'
import type { ScanEnd } from '../../stores/metadata/scans.ts'
import type { KnownAdvisories } from './known-advisories.ts'
import type { NoInventory } from './take-inventory.ts'

/** How a scan ends, and what it has found. */
export interface Judgement {
  readonly end: Omit<ScanEnd, 'completedAt'>
  readonly vulnerabilities: readonly Vulnerability[]
}

const unsupported = 'UnsupportedImageError: The operating system and/or package manager are not supported.'

/**
 * What advisories say of an image's packages. An image of which nothing can be said is never one without findings: the scan has
 * failed then, and says why.
 */
export async function judgeImage(
  inventory: ImageInventory | NoInventory,
  type: ScanType,
  known: KnownAdvisories,
): Promise<Judgement> {
  if ('unreadable' in inventory) return failed('FAILED', `The image can't be read: ${inventory.unreadable}.`)
  const scope = scopeOf(inventory, type)
  const { distribution } = inventory
  if (scope.ecosystems.length === 0) return unsupportedJudgement(type)
  const feeds = await known.feeds(scope.ecosystems)
  const lacking = uncovered(scope, new Set(feeds.map(({ ecosystem }) => ecosystem)))
  if (feeds.length === 0) return failed('FAILED', withoutAdvisories(lacking, distribution?.name))
  const groups = groupBySubject(scope.packages, scope.feed)
  await known.load(groups)
  const vulnerabilities = findVulnerabilities(groups, known.faultsOf)
  return {
    end: {
      status: type === 'BASIC' ? 'COMPLETE' : 'ACTIVE',
      description:
        lacking.length === 0 ? succeeded[type] : `${succeeded[type]} ${withoutAdvisories(lacking)}`,
      sourceUpdatedAt: new Date(Math.max(...feeds.map(({ updatedAt }) => updatedAt.getTime()))),
      severityCounts: countSeverities(vulnerabilities),
      fingerprint: fingerprintOf(vulnerabilities),
    },
    vulnerabilities,
  }
}

/** Of an image that says nothing of packages in any way known here. */
export function unsupportedJudgement(type: ScanType): Judgement {
  return failed(type === 'BASIC' ? 'FAILED' : 'UNSUPPORTED_IMAGE', unsupported)
}

/** What ECR says of a scan that went well. */
export const succeeded = {
  BASIC: 'The scan was completed successfully.',
  ENHANCED: 'Continuous scan is selected for image.',
}

function withoutAdvisories(ecosystems: readonly string[], distribution?: string): string {
  const what =
    distribution === undefined ? ecosystems.join(', ') : `${distribution} (${ecosystems.join(', ')})`
  return `There are no advisories here for ${what}; bring some with 'berth advisories update' or 'berth advisories import', and scan again.`
}

function failed(status: 'FAILED' | 'UNSUPPORTED_IMAGE', description: string): Judgement {
  return { end: { status, description, severityCounts: {}, fingerprint: '' }, vulnerabilities: [] }
}

/** Another for other findings. */
export function fingerprintOf(vulnerabilities: readonly Vulnerability[]): string {
  return createHash('sha256').update(JSON.stringify(vulnerabilities)).digest('hex')
}
