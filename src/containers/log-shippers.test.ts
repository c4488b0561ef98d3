import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../tests/support/temporary-folder.ts'
import type { TaskContainer } from '../core/ecs/task.ts'
import { sampleTask } from '../core/ecs/testing/sample-task.ts'
import type { StoredLogEvent } from '../core/log-events/log-event.ts'
import type { Logs } from '../logs/logs.ts'
import { positionOf, readLogEvents } from '../logs/read-log-events.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../stores/metadata/sqlite.ts'
import type { Engine, LogLine } from './engine.ts'
import { LogShippers } from './log-shippers.ts'

let folder: TemporaryFolder
let metadata: MetadataStore
let registry: Logs
beforeEach(async () => {
  folder = await temporaryFolder()
  metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
  registry = { metadata, now: () => new Date('2026-03-01T12:00:00Z') }
})
afterEach(async () => {
  await metadata[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const container: TaskContainer = {
  definition: {
    name: 'app',
    image: 'web',
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/ecs/web',
        'awslogs-region': 'us-east-1',
        'awslogs-stream-prefix': 'web',
      },
    },
  },
  status: 'RUNNING',
  bindings: [],
}
const task = sampleTask([], { containers: [container] })
const group = { ...task.cluster, name: '/ecs/web' }

test('what an engine has not told those who followed is read once the container has ended', async () => {
  const all = linesOf(['one', 'two', 'three'])
  const engine = new EngineThatEndsEarly(all, 1)
  await using shippers = await shippersOf(engine)
  shippers.begin(task, container, 'c')
  await expect.poll(messages).toEqual(['one'])
  await engine.isFollowed
  const shipping = shippers.ship(task, container, 'c')
  engine.end()
  await shipping
  expect(await messages()).toEqual(['one', 'two', 'three'])
})

test('lines are there once, though an engine tells them out of their order or only in which second they came', async () => {
  const at = (time: string, message: string) => ({ at: `2026-03-01T11:00:${time}Z`, message })
  const disorderly = [at('01.000000300', 'one'), at('01.000000100', 'two'), at('01.000000200', 'two')]
  const coarse = [at('01', 'one'), at('01', 'two'), at('01', 'two')]
  for (const [id, lines] of Object.entries({ disorderly, coarse })) {
    for (const told of [1, 2]) {
      const engine = new EngineThatEndsEarly(lines, told)
      const name = `${id}-${told}`
      const one = { ...container, definition: { ...container.definition, name } }
      await using shippers = await shippersOf(engine, sampleTask([], { containers: [one] }))
      shippers.begin(task, one, name)
      await expect.poll(() => messages(name)).toHaveLength(told)
      engine.end()
      await shippers.ship(task, one, name)
      expect((await messages(name)).toSorted()).toEqual(['one', 'two', 'two'])
    }
  }
})

test('more than one transaction takes is there, too', async () => {
  const all = linesOf(Array.from({ length: 60 }, (_, place) => `${place} ${'x'.repeat(50_000)}`))
  const engine = new EngineThatEndsEarly(all, 0)
  engine.end()
  await using shippers = await shippersOf(engine)
  await shippers.ship(task, container, 'c')
  const numbers = (await messages()).map((message) => Number.parseInt(message, 10))
  expect(numbers).toEqual(all.map((_, place) => place))
})

test('lines without a word are left out, and those behind them are not', async () => {
  const words = (from: number) => Array.from({ length: 1_000 }, (_, place) => `${from + place}`)
  const blank = Array.from({ length: 1_000 }, () => '')
  const engine = new EngineThatEndsEarly(linesOf([...blank, ...words(0), ...blank, ...words(1_000)]), 4_000)
  await using shippers = await shippersOf(engine)
  shippers.begin(task, container, 'c')
  await expect.poll(messages).toEqual([...words(0), ...words(1_000)])
  engine.end()
})

test('when Berth stops nothing that has not been read counts as read', async () => {
  const shippers = await shippersOf(new EngineThatEndsEarly(linesOf(['one']), 0))
  await shippers[Symbol.asyncDispose]()
  await expect(shippers.ship(task, container, 'c')).rejects.toMatchObject({ name: 'AbortError' })
})

/** An engine that tells whoever follows a container only its first lines, as a Docker Engine under load may when the container ends. */
class EngineThatEndsEarly implements Pick<Engine, 'logs'> {
  readonly #lines: readonly LogLine[]
  readonly #told: number
  readonly #ended = Promise.withResolvers<void>()
  readonly #followed = Promise.withResolvers<void>()
  #hasEnded = false

  constructor(lines: readonly LogLine[], told: number) {
    this.#lines = lines
    this.#told = told
  }

  get isFollowed(): Promise<void> {
    return this.#followed.promise
  }

  end(): void {
    this.#hasEnded = true
    this.#ended.resolve()
  }

  async *logs(_id: string, { after = '' }: { readonly after?: string | undefined }) {
    const hasEnded = this.#hasEnded
    const lines = this.#lines.filter(({ at }) => at > after)
    yield* hasEnded ? lines : lines.slice(0, this.#told)
    if (hasEnded) return
    this.#followed.resolve()
    await this.#ended.promise
  }
}

async function shippersOf(engine: Pick<Engine, 'logs'>, running = task): Promise<LogShippers> {
  await metadata.write(async (tx) => {
    await tx.logs.addGroup({ ...group, createdAt: registry.now() })
    await tx.tasks.put(running)
  })
  return new LogShippers({
    engine,
    registry,
    onError: (error) => {
      throw error
    },
  })
}

function linesOf(messages: readonly string[]): LogLine[] {
  return messages.map((message, place) => ({
    at: `2026-03-01T11:00:00.${`${place}`.padStart(9, '0')}Z`,
    message,
  }))
}

async function messages(name = 'app'): Promise<string[]> {
  const stream = { group, name: `web/${name}/${task.id}` }
  const found: StoredLogEvent[] = []
  for (;;) {
    const position = positionOf(found.at(-1))
    const page = await readLogEvents(registry, stream, { position, order: 'forward', limit: 10_000 })
    if (page.length === 0) return found.map(({ message }) => message)
    found.push(...page)
  }
}
