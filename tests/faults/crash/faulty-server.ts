import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { loadSecrets } from '../../../src/config/secrets.ts'
import { createLog } from '../../../src/observability/logger.ts'
import { openStores, type Stores } from '../../../src/open-stores.ts'
import { collectGarbage } from '../../../src/registry/collect-garbage.ts'
import { createRegistry } from '../../../src/registry/create-registry.ts'
import type { GarbageRules } from '../../../src/registry/registry.ts'
import { startServer } from '../../../src/server.ts'
import { lockDataFolder } from '../../../src/stores/data-folder-lock.ts'
import { defaults } from '../../support/start-berth.ts'
import { BreakingPoint, breakingOperations } from './breaking-point.ts'
import { type Order, type Report, rootKey } from './fault.ts'

// A Berth like any other, but that it breaks where the harness says. It loads at once and waits for the rest, so that one can stand
// ready while another still lives.

/** Longer than any push of the harness takes. */
const grace = 8_000
const log = createLog('error', process.stderr, () => new Date())
const point = new BreakingPoint((deed) => tell({ kind: 'failed', deed }))
let stores: Stores | undefined

function tell(report: Report): void {
  process.send?.(report)
}

async function open({ dataDir, database, port }: Extract<Order, { readonly kind: 'open' }>): Promise<void> {
  const root = { rootAccessKey: rootKey.accessKeyId, rootSecretKey: rootKey.secretAccessKey }
  const config = { ...defaults, ...root, dataDir, database, port, garbageGrace: grace }
  await mkdir(dataDir, { recursive: true })
  const lock = lockDataFolder(dataDir)
  process.once('exit', () => lock[Symbol.dispose]())
  const { secrets } = await loadSecrets(config)
  const server = await startServer(config, secrets, {
    log,
    open: async () => {
      const opened = await openStores(config, log, breakingOperations(point))
      stores = { ...opened, metadata: point.breaking(opened.metadata) }
      return { ...stores, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
    },
  })
  tell({ kind: 'listening', port: server.port })
}

async function collect(garbage: GarbageRules, aheadMs: number): Promise<void> {
  if (stores === undefined) throw new Error('Nothing is open')
  const now = () => new Date(Date.now() + aheadMs)
  const onError = (err: unknown) => log.error({ err }, 'Collecting garbage failed')
  await using registry = createRegistry({
    ...stores,
    garbage,
    now,
    newId: randomUUID,
    onError,
    cacheTtl: 0,
  })
  await collectGarbage(registry, { rest: () => wait(1), onFailure: onError })
}

/** As the job does: a cycle that fails, as on a full disk, is begun again. */
async function collectForEver(): Promise<never> {
  for (;;) {
    await collect({ grace, uploadExpiry: 7 * 86_400_000 }, 0).catch((err: unknown) =>
      log.error({ err }, 'A cycle of garbage collection failed'),
    )
    await wait(20)
  }
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'open') return open(order)
  if (order.kind === 'arm') {
    point.arm(order.fault)
    return order.collects ? collectForEver() : undefined
  }
  await collect({ grace: 0, uploadExpiry: 0 }, 5_000)
  tell({ kind: 'collected' })
}

process.on('message', (order: Order) => void obey(order))
process.on('disconnect', () => process.exit())
// Node would write them at its exit, and this process dies otherwise.
flushCompileCache()
tell({ kind: 'loaded' })
