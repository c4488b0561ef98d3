import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseDigest } from '../names/digest.ts'
import { parseRegion } from '../names/region.ts'
import { parseRepositoryName } from '../names/repository-name.ts'
import { parseTag } from '../names/tag.ts'
import { cacheSynced } from './cache-synced.ts'
import { eventOf, type Occurrence } from './event.ts'
import { imageDeleted } from './image-deleted.ts'
import { imagePushed } from './image-pushed.ts'
import { imageReplicated } from './image-replicated.ts'
import { imageScanned } from './image-scanned.ts'
import { inspectorFound } from './inspector-finding.ts'
import { inspectorScanned } from './inspector-scanned.ts'
import { scanFrequencyChanged } from './scan-frequency-changed.ts'
import { storageClassUpdated } from './storage-class-updated.ts'

const repository = {
  account: parseAccountId('123456789012'),
  region: parseRegion('us-west-2'),
  name: parseRepositoryName('my-repository-name'),
}
const arn = 'arn:aws:ecr:us-west-2:123456789012:repository/my-repository-name'
const digest = parseDigest(`sha256:${'7f'.repeat(32)}`)
const image = {
  digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactType: 'application/vnd.oci.image.config.v1+json',
}
const sbom = {
  digest,
  mediaType: 'application/vnd.cncf.oras.artifact.manifest.v1+json',
  artifactType: 'text/sbom+json',
  subject: parseDigest(`sha256:${'11'.repeat(32)}`),
}
const latest = parseTag('latest')

/** The whole event, as JSON says it. */
function told(occurrence: Occurrence): unknown {
  const at = new Date('2019-11-16T01:54:34.567Z')
  return JSON.parse(JSON.stringify(eventOf(occurrence, { id: '13cde686-328b-6117-af20-0e5566167482', at })))
}

function envelope(
  detailType: string,
  resources: readonly string[],
  detail: object,
  source = 'aws.ecr',
): unknown {
  return {
    version: '0',
    id: '13cde686-328b-6117-af20-0e5566167482',
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: '2019-11-16T01:54:34Z',
    region: 'us-west-2',
    resources,
    detail,
  }
}

test('a push', () => {
  expect(told(imagePushed(repository, image, latest))).toEqual(
    envelope('ECR Image Action', [], {
      result: 'SUCCESS',
      'repository-name': 'my-repository-name',
      'image-digest': digest,
      'action-type': 'PUSH',
      'image-tag': 'latest',
      'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
      'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
    }),
  )
})

test('a push without a tag has no image-tag', () => {
  expect(imagePushed(repository, image, undefined).detail).not.toHaveProperty('image-tag')
})

test('a referrer that is pushed or deleted', () => {
  expect(told(imagePushed(repository, sbom, undefined))).toMatchObject({
    'detail-type': 'ECR Referrer Action',
    detail: { 'action-type': 'PUSH', 'artifact-media-type': 'text/sbom+json' },
  })
  expect(imageDeleted(repository, sbom, undefined).detailType).toBe('ECR Referrer Action')
})

test('a deletion', () => {
  expect(told(imageDeleted(repository, image, latest))).toEqual(
    envelope('ECR Image Action', [], {
      result: 'SUCCESS',
      'repository-name': 'my-repository-name',
      'image-digest': digest,
      'action-type': 'DELETE',
      'image-tag': 'latest',
    }),
  )
})

test('an image that is archived', () => {
  expect(told(storageClassUpdated(repository, image, { to: 'ARCHIVE' }))).toEqual(
    envelope('ECR Image Action', [], {
      'action-type': 'UPDATE_STORAGE_CLASS',
      'target-storage-class': 'ARCHIVE',
      'image-digest': digest,
      'repository-name': 'my-repository-name',
      result: 'SUCCESS',
      'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
      'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
    }),
  )
})

test('a referrer that is restored', () => {
  const activatedAt = new Date('2025-10-10T19:13:02.740Z')
  expect(told(storageClassUpdated(repository, sbom, { to: 'STANDARD', activatedAt }))).toEqual(
    envelope('ECR Referrer Action', [], {
      'action-type': 'UPDATE_STORAGE_CLASS',
      'target-storage-class': 'STANDARD',
      'image-digest': digest,
      'repository-name': 'my-repository-name',
      result: 'SUCCESS',
      'manifest-media-type': 'application/vnd.cncf.oras.artifact.manifest.v1+json',
      'artifact-media-type': 'text/sbom+json',
      'last-activated-at': '2025-10-10T19:13:02.740Z',
    }),
  )
})

test('a scan', () => {
  const severityCounts = { CRITICAL: 10, MEDIUM: 9 }
  expect(told(imageScanned(repository, { digest, tags: [], status: 'COMPLETE', severityCounts }))).toEqual(
    envelope('ECR Image Scan', [arn], {
      'scan-status': 'COMPLETE',
      'repository-name': 'my-repository-name',
      'finding-severity-counts': { CRITICAL: 10, MEDIUM: 9 },
      'image-digest': digest,
      'image-tags': [],
    }),
  )
})

test('a change of the scan frequency', () => {
  const change = { repository, frequency: 'SCAN_ON_PUSH', previous: 'MANUAL' } as const
  expect(told(scanFrequencyChanged(repository, [change]))).toEqual(
    envelope('ECR Scan Resource Change', [], {
      'action-type': 'SCAN_FREQUENCY_CHANGE',
      repositories: [
        {
          'repository-name': 'my-repository-name',
          'repository-arn': arn,
          'scan-frequency': 'SCAN_ON_PUSH',
          'previous-scan-frequency': 'MANUAL',
        },
      ],
      'resource-type': 'REPOSITORY',
      'scan-type': 'ENHANCED',
    }),
  )
})

test('a replication', () => {
  const source = { account: repository.account, region: parseRegion('us-east-1') }
  expect(told(imageReplicated(repository, { source, digest, tag: latest, result: 'SUCCESS' }))).toEqual(
    envelope('ECR Replication Action', [arn], {
      result: 'SUCCESS',
      'repository-name': 'my-repository-name',
      'image-digest': digest,
      'source-account': '123456789012',
      'action-type': 'REPLICATE',
      'source-region': 'us-east-1',
      'image-tag': 'latest',
    }),
  )
})

test('a pull through the cache', () => {
  const rule = { repositoryPrefix: 'docker-hub', upstream: 'public.ecr.aws', tag: latest }
  expect(told(cacheSynced(repository, { ...rule, status: 'SUCCESS', digest }))).toEqual(
    envelope('ECR Pull Through Cache Action', [arn], {
      'rule-version': '1',
      'sync-status': 'SUCCESS',
      'ecr-repository-prefix': 'docker-hub',
      'repository-name': 'my-repository-name',
      'upstream-registry-url': 'public[.]ecr[.]aws',
      'image-tag': 'latest',
      'image-digest': digest,
    }),
  )
  const failure = { failureCode: 'UpstreamUnavailable', failureReason: 'no answer' }
  expect(cacheSynced(repository, { ...rule, status: 'FAILED', ...failure }).detail).toMatchObject({
    'sync-status': 'FAILED',
    'failure-code': 'UpstreamUnavailable',
    'failure-reason': 'no answer',
  })
})

test('an enhanced scan, and a finding of it', () => {
  const scan = { digest, tags: [latest], severityCounts: { HIGH: 2, LOW: 1 } }
  expect(told(inspectorScanned(repository, scan))).toEqual(
    envelope(
      'Inspector2 Scan',
      [arn],
      {
        'scan-status': 'INITIAL_SCAN_COMPLETE',
        'repository-name': arn,
        'finding-severity-counts': { HIGH: 2, LOW: 1, TOTAL: 3 },
        'image-digest': digest,
        'image-tags': ['latest'],
      },
      'aws.inspector2',
    ),
  )
  const finding = { severity: 'HIGH', resources: [{ id: `${arn}/${digest}` }] }
  expect(told(inspectorFound(repository, finding))).toEqual(
    envelope('Inspector2 Finding', [`${arn}/${digest}`], finding, 'aws.inspector2'),
  )
})
