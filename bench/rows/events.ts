import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parseEventPattern } from '../../src/core/event-patterns/parse-event-pattern.ts'
import { PatternIndex } from '../../src/core/event-patterns/pattern-index.ts'
import { type Event, eventOf } from '../../src/core/events/event.ts'
import { imagePushed } from '../../src/core/events/image-pushed.ts'
import { parseAccountId } from '../../src/core/names/account-id.ts'
import { digestOf } from '../../src/core/names/digest.ts'
import { parseRegion } from '../../src/core/names/region.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import { parseTag } from '../../src/core/names/tag.ts'
import { emitEvents } from '../../src/registry/emit-events.ts'
import type { MetadataStore } from '../../src/stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { hearAll } from '../../src/stores/metadata/testing/hear-all.ts'
import { inTurns } from '../in-turns.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const rules = 1_000
const registry = { account: parseAccountId('000000000000'), region: parseRegion('us-east-1') }

/** What an event costs: to hold it against many rules, and to write it down in the transaction of what it tells of. */
export const events: Row = {
  name: 'events',
  about: 'events against 1,000 rules, and what telling of a push costs its transaction',
  run: async (bench) => [matching(bench), await telling(bench, 'heard'), await telling(bench, 'unheard')],
}

/** A third of the rules asks for one repository, a third for a beginning of names, a third for certain tags of any. */
function matching({ rounds, quick, say }: Bench): Result {
  say(`${rules} rules`)
  const index = new PatternIndex(
    Array.from({ length: rules }, (_, rule) => [parseEventPattern(patternOf(rule)), rule]),
  )
  const told = Array.from({ length: quick ? 2_000 : 20_000 }, (_, place) => ({ ...pushOf(place) }))
  const samples = Array.from({ length: rounds }, () => {
    const start = performance.now()
    let matches = 0
    for (const event of told) matches += index.matches(event).size
    if (matches < told.length) throw new Error(`${matches} matches of ${told.length} events`)
    return ((performance.now() - start) * 1_000) / told.length
  })
  return {
    what: `an event held against ${rules.toLocaleString('en')} rules`,
    unit: 'µs',
    berth: samples,
    goal: { atMost: 100 },
    notes: [
      'events of pushes to 500 repositories; a third of the rules each asks for a repository, a prefix of its name, a suffix of its tag; 100 µs are 10,000 events a second',
    ],
  }
}

function patternOf(rule: number): string {
  const detail = [
    { 'repository-name': [`team/app-${rule}`] },
    { 'repository-name': [{ prefix: `team/app-${rule % 50}` }], 'action-type': ['PUSH'] },
    { 'image-tag': [{ suffix: `-rc${rule % 100}` }] },
  ][rule % 3]
  return JSON.stringify({ source: ['aws.ecr'], 'detail-type': ['ECR Image Action'], detail })
}

function pushOf(place: number): Event {
  return eventOf(occurrence(place), { id: randomUUID(), at: new Date(0) })
}

function occurrence(place: number) {
  const repository = { ...registry, name: parseRepositoryName(`team/app-${place % 500}`) }
  const image = {
    digest: digestOf('sha256', place.toString(16).padStart(64, '0')),
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
  }
  return imagePushed(repository, image, parseTag(`v${place}`))
}

/** A transaction that writes one row, with and without the event that tells of it, where a rule could take it and where none could. */
async function telling({ scratch, rounds, quick, say }: Bench, by: 'heard' | 'unheard'): Promise<Result> {
  const file = join(scratch.newFolder('metadata'), 'berth.db')
  await using metadata = await openSqliteMetadata({ file })
  if (by === 'heard') await hearAll(metadata, registry)
  const transactions = quick ? 200 : 2_000
  const turn = (told: boolean) => async () => {
    say(told ? 'with an event' : 'without')
    return await writeMany(metadata, transactions, told)
  }
  const { berth, peer } = await inTurns(rounds, turn(true), turn(false))
  return {
    what: `a transaction that tells of what it does, ${by === 'heard' ? 'where a rule listens' : 'where nobody listens'}`,
    unit: 'µs',
    berth,
    peer: { name: 'the same without its event', samples: peer },
    notes: ['one small row each, synced to the disk, one after another; SQLite'],
  }
}

async function writeMany(metadata: MetadataStore, transactions: number, told: boolean): Promise<number> {
  const start = performance.now()
  const telling = { now: () => new Date(), newId: randomUUID, extraEvents: new Set<never>() }
  for (let place = 0; place < transactions; place += 1) {
    await metadata.write(async (tx) => {
      await tx.arnTags.put('arn:aws:bench', new Map([['count', String(place)]]))
      if (told) await emitEvents(tx, telling, [occurrence(place)])
    })
  }
  const taken = performance.now() - start
  if (told) await clear(metadata)
  return (taken * 1_000) / transactions
}

/** What was told goes before the next turn, so that each finds the same. */
async function clear(metadata: MetadataStore): Promise<void> {
  const waiting = await metadata.events.waiting(10_000)
  await metadata.write((tx) => tx.events.remove(waiting.map(({ id }) => id)))
}
