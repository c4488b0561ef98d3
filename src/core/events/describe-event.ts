import { isObject } from '../event-patterns/leaf.ts'

/** What an event says, for people. */
export interface EventDescription {
  /** One line: `team/app:v1 was pushed`. */
  readonly headline: string
  readonly facts: readonly (readonly [name: string, value: string])[]
}

const verbs: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['PUSH', 'was pushed'],
  ['DELETE', 'was deleted'],
  ['REPLICATE', 'was replicated'],
  ['UPDATE_STORAGE_CLASS', 'has another storage class'],
])

/** Tells what an event of ECR says, given as its JSON text; undefined for any other text. */
export function describeEvent(text: string): EventDescription | undefined {
  const event = parse(text)
  if (!isObject(event) || event.source !== 'aws.ecr' || !isObject(event.detail)) return undefined
  const { detail } = event
  const repository = detail['repository-name']
  if (typeof repository !== 'string') return undefined
  const tag = textOf(detail['image-tag'] ?? firstOf(detail['image-tags']))
  const digest = textOf(detail['image-digest'])
  const image = tag === '' ? `${repository}@${digest.slice(0, shortDigest)}` : `${repository}:${tag}`
  const severities = isObject(detail['finding-severity-counts']) ? detail['finding-severity-counts'] : {}
  const facts: readonly (readonly [string, string])[] = [
    ['Repository', repository],
    ['Tag', tag],
    ['Digest', digest],
    ['Result', textOf(detail.result ?? detail['scan-status'] ?? detail['sync-status'])],
    [
      'Findings',
      Object.entries(severities)
        .map(([severity, count]) => `${severity} ${count}`)
        .join(', '),
    ],
    ['Time', textOf(event.time)],
    ['Account', textOf(event.account)],
    ['Region', textOf(event.region)],
  ]
  return {
    headline: `${image} ${verbOf(event['detail-type'], detail['action-type'])}`,
    facts: facts.filter(([, value]) => value !== ''),
  }
}

/** `sha256:` and twelve digits. */
const shortDigest = 19

function verbOf(detailType: unknown, action: unknown): string {
  if (detailType === 'ECR Image Scan') return 'was scanned'
  if (detailType === 'ECR Pull Through Cache Action') return 'was brought into the cache'
  return verbs.get(action) ?? 'has changed'
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
