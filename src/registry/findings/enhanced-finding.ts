import { createHash } from 'node:crypto'
import type { Image } from '../../core/images/image.ts'
import { repositoryArn } from '../../core/names/arn.ts'
import type { Tag } from '../../core/names/tag.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { type Finding, findingKey } from '../../core/scanning/finding.ts'
import type { InstalledPackage } from '../../core/scanning/installed-package.ts'
import type { PackageFormat } from '../../core/scanning/package-format.ts'
import { newestCvss } from '../../core/scanning/severity.ts'
import { isOfTrivy } from '../../core/scanning/trivy/read-trivy-report.ts'
import type { AdvisoryWords } from '../../stores/metadata/advisories.ts'
import type { ImageUse } from '../../stores/metadata/image-uses.ts'

/** Where a finding was made. */
export interface FindingPlace {
  readonly repository: Pick<Repository, 'account' | 'region' | 'name'>
  readonly image: Pick<Image, 'digest' | 'pushedAt' | 'lastPulledAt'>
  readonly tags: readonly Tag[]
  /** When it was last seen. */
  readonly observedAt: Date | undefined
  /** `SUPPRESSED` is one that is accepted, `CLOSED` one that is gone. */
  readonly status: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED'
  /** By tasks of ECS. */
  readonly use: ImageUse
  readonly now: Date
}

/**
 * A vulnerability as Amazon Inspector tells of it, in ECR's answers and in events.
 *
 * @see Amazon ECR API reference, EnhancedImageScanFinding
 */
export function enhancedFinding(finding: Finding, words: AdvisoryWords | undefined, place: FindingPlace) {
  const { name, packageName, severity, fixedIn } = finding
  return {
    awsAccountId: place.repository.account,
    findingArn: findingArn(finding, place),
    type: 'PACKAGE_VULNERABILITY',
    status: place.status,
    title: `${name} - ${packageName}`,
    description: words?.description,
    severity,
    firstObservedAt: new Date(finding.firstObservedAt),
    lastObservedAt: place.observedAt,
    updatedAt: place.observedAt,
    fixAvailable: fixedIn === undefined ? 'NO' : 'YES',
    remediation: { recommendation: { text: 'None Provided' } },
    resources: [resourceOf(place)],
    ...scoreMembers(finding),
    packageVulnerabilityDetails: {
      vulnerabilityId: name,
      source: finding.advisories[0],
      sourceUrl: words?.url,
      referenceUrls: words && [...words.references],
      relatedVulnerabilities: finding.advisories.slice(1),
      vendorCreatedAt: words?.published,
      vendorUpdatedAt: words?.modified,
      cvss: finding.cvss.map(({ version, vector, score }) => ({
        version,
        scoringVector: vector,
        baseScore: score,
        source: scoreSource(finding),
      })),
      vulnerablePackages: finding.installed.map((pkg) => vulnerablePackage(pkg, fixedIn)),
    },
  }
}

/** Whose word a score is taken on: Berth computes it from the vector. */
function scoreSource({ advisories }: Finding): string {
  return advisories.some(isOfTrivy) ? 'TRIVY' : 'OSV'
}

function scoreMembers(finding: Finding) {
  const newest = newestCvss(finding.cvss)
  if (newest === undefined) return {}
  const { version, vector: scoringVector, score } = newest
  return {
    score,
    scoreDetails: {
      cvss: { score, scoringVector, version, scoreSource: scoreSource(finding), adjustments: [] },
    },
  }
}

/** The same for one vulnerability of one image, however often it is scanned. */
function findingArn(finding: Finding, { repository, image }: FindingPlace): string {
  const name = `${repositoryArn(repository)}/${image.digest} ${findingKey(finding)}`
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32)
  return `arn:aws:inspector2:${repository.region}:${repository.account}:finding/${id}`
}

function resourceOf({ repository, image, tags, use, now }: FindingPlace) {
  return {
    type: 'AWS_ECR_CONTAINER_IMAGE',
    id: `${repositoryArn(repository)}/${image.digest}`,
    tags: {},
    details: {
      awsEcrContainerImage: {
        imageHash: image.digest,
        imageTags: [...tags],
        pushedAt: image.pushedAt,
        registry: repository.account,
        repositoryName: repository.name,
        inUseCount: use.tasks,
        lastInUseAt: use.tasks > 0 ? now : use.lastEndedAt,
      },
    },
  }
}

/** Amazon Inspector's words for where a package comes from. */
const packageManagers: Readonly<Record<PackageFormat, string>> = {
  dpkg: 'OS',
  apk: 'OS',
  rpm: 'OS',
  npm: 'NODEPKG',
  pypi: 'PYTHONPKG',
  maven: 'JAR',
  go: 'GOBINARY',
  cargo: 'CARGO',
  other: 'OTHER',
}

function vulnerablePackage(pkg: InstalledPackage, fixedInVersion: string | undefined) {
  const { format, name, architecture, path, layer } = pkg
  return {
    name,
    ...versionMembers(pkg),
    arch: architecture,
    packageManager: packageManagers[format],
    filePath: path,
    sourceLayerHash: layer,
    fixedInVersion: fixedInVersion ?? 'NotAvailable',
  }
}

/** A distribution's version in its parts: `1:2.3-4` is epoch 1, version 2.3 and release 4. */
function versionMembers({ format, version }: InstalledPackage) {
  if (format !== 'dpkg' && format !== 'rpm') return { version }
  const [, epoch = '0', rest = version] = /^(\d+):(.*)$/.exec(version) ?? []
  const dash = rest.lastIndexOf('-')
  if (dash === -1) return { epoch: Number(epoch), version: rest }
  return { epoch: Number(epoch), version: rest.slice(0, dash), release: rest.slice(dash + 1) }
}
