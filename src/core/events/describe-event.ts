import { isObject } from '../event-patterns/leaf.ts'

/** What an event says, for people. */
export interface EventDescription {
  /** One line: `team/app:v1 was pushed`. */
  readonly headline: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly repository: string
  /** Of the image, where it is about one that is still there. */
  readonly digest: string | undefined
}

/** What is said of an image when it went well, and when it didn't. */
type Verbs = readonly [well: string, badly: string]

const actions: ReadonlyMap<unknown, Verbs> = new Map<unknown, Verbs>([
  ['PUSH', ['was pushed', 'could not be pushed']],
  ['DELETE', ['was deleted', 'could not be deleted']],
  ['CREATE', ['was created', 'could not be created']],
  ['PULL', ['was pulled', 'could not be pulled']],
  ['REPLICATE', ['was replicated', 'could not be replicated']],
  ['UPDATE_STORAGE_CLASS', ['has another storage class', 'could not get another storage class']],
])

const detailTypes: ReadonlyMap<unknown, Verbs> = new Map<unknown, Verbs>([
  ['ECR Image Scan', ['was scanned', 'could not be scanned']],
  ['Inspector2 Scan', ['was scanned', 'could not be scanned']],
  ['Berth Policy Action', ['has another policy', 'could not get another policy']],
  ['ECR Pull Through Cache Action', ['was brought into the cache', 'could not be brought into the cache']],
])

const sources: readonly unknown[] = ['aws.ecr', 'aws.inspector2', 'berth']

/** Tells what an event about an image or a repository says, given as its JSON text; undefined for any other text. */
export function describeEvent(text: string): EventDescription | undefined {
  const event = parse(text)
  if (!isObject(event) || !sources.includes(event.source) || !isObject(event.detail)) return undefined
  const { detail } = event
  const named = detail['repository-name']
  if (typeof named !== 'string') return undefined
  // Amazon Inspector names a repository by its ARN.
  const repository = named.replace(/^arn:[^/]*:repository\//, '')
  const tag = textOf(detail['image-tag'] ?? firstOf(detail['image-tags']))
  const digest = textOf(detail['image-digest'])
  const severities = isObject(detail['finding-severity-counts']) ? detail['finding-severity-counts'] : {}
  const result = textOf(detail.result ?? detail['scan-status'] ?? detail['sync-status'])
  const facts: readonly (readonly [string, string])[] = [
    ['Repository', repository],
    ['Tag', tag],
    ['Digest', digest],
    ['Result', result],
    ['Reason', textOf(detail['failure-reason'] ?? detail['scan-status-reason'])],
    ['Storage class', textOf(detail['target-storage-class'])],
    ['From', textOf(detail['upstream-registry-url'] ?? detail['source-region'])],
    [
      'Findings',
      Object.entries(severities)
        .map(([severity, count]) => `${severity} ${count}`)
        .join(', '),
    ],
    ['Time', textOf(event.time).replace(/^(.{10})T(.{8})Z$/, '$1 $2 UTC')],
    ['Account', textOf(event.account)],
    ['Region', textOf(event.region)],
  ]
  return {
    headline: `${nameOf(repository, tag, digest)} ${verbOf(event['detail-type'], detail['action-type'], result)}`,
    facts: facts.filter(([, value]) => value !== ''),
    repository,
    digest: digest === '' || detail['action-type'] === 'DELETE' ? undefined : digest,
  }
}

/** `sha256:` and twelve digits. */
const shortDigest = 19

function nameOf(repository: string, tag: string, digest: string): string {
  if (tag !== '') return `${repository}:${tag}`
  return digest === '' ? repository : `${repository}@${digest.slice(0, shortDigest)}`
}

function verbOf(detailType: unknown, action: unknown, result: string): string {
  const [well, badly] = detailTypes.get(detailType) ?? actions.get(action) ?? ['has changed', 'has changed']
  return result === 'FAILED' ? badly : well
}

/** Scans name all tags of their image. */
function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
