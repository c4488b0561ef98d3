import { expect, test } from 'vitest'
import { describeEvent } from './describe-event.ts'

const digest = `sha256:${'7'.repeat(64)}`
const about = (detailType: string, detail: object, source = 'aws.ecr') =>
  describeEvent(JSON.stringify({ source, 'detail-type': detailType, time: '2026-03-01T08:09:10Z', detail }))
const image = { 'repository-name': 'team/app', 'image-digest': digest }

test.each([
  [
    'ECR Image Action',
    { 'action-type': 'PUSH', 'image-tag': 'v1', result: 'SUCCESS' },
    'team/app:v1 was pushed',
  ],
  ['ECR Image Action', { 'action-type': 'DELETE' }, 'team/app@sha256:777777777777 was deleted'],
  ['ECR Image Scan', { 'scan-status': 'COMPLETE', 'image-tags': ['v2'] }, 'team/app:v2 was scanned'],
  ['ECR Image Scan', { 'scan-status': 'FAILED', 'image-tags': ['v2'] }, 'team/app:v2 could not be scanned'],
  [
    'ECR Replication Action',
    { 'action-type': 'REPLICATE', result: 'FAILED', 'image-tag': 'v1' },
    'team/app:v1 could not be replicated',
  ],
])('%s of an image is told in words', (detailType, detail, headline) => {
  expect(about(detailType, { ...image, ...detail })?.headline).toBe(headline)
})

test('what stands in it is named: which image, when, and what was found', () => {
  const found = {
    'scan-status': 'COMPLETE',
    'finding-severity-counts': { CRITICAL: 10, MEDIUM: 9 },
    'image-tags': ['v2'],
  }
  const described = about('ECR Image Scan', { ...image, ...found })
  expect(described?.facts).toEqual([
    ['Repository', 'team/app'],
    ['Tag', 'v2'],
    ['Digest', digest],
    ['Result', 'COMPLETE'],
    ['Findings', 'CRITICAL 10, MEDIUM 9'],
    ['Time', '2026-03-01 08:09:10 UTC'],
  ])
  expect(described).toMatchObject({ repository: 'team/app', digest })
})

test('an image that is gone is looked for in its repository, and Inspector names that by its ARN', () => {
  expect(about('ECR Image Action', { ...image, 'action-type': 'DELETE' })?.digest).toBeUndefined()
  const arn = 'arn:aws:ecr:us-east-1:000000000000:repository/team/app'
  expect(about('Inspector2 Scan', { ...image, 'repository-name': arn }, 'aws.inspector2')?.repository).toBe(
    'team/app',
  )
})

test('other texts are not described', () => {
  for (const text of ['hello', '{}', '[]', JSON.stringify({ source: 'shop', detail: image })]) {
    expect(describeEvent(text)).toBeUndefined()
  }
})
