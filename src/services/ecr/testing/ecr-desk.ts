import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DownloadTickets } from '../../../access/download-tickets.ts'
import { type Principal, rootOf } from '../../../access/principal.ts'
import { RegistryTokens } from '../../../access/registry-tokens.ts'
import { Seal } from '../../../access/seal.ts'
import { parseAccountId } from '../../../core/names/account-id.ts'
import { parseRegion } from '../../../core/names/region.ts'
import { openAuthoriser } from '../../../open-authoriser.ts'
import { createRegistry } from '../../../registry/create-registry.ts'
import { openFileBlobStore } from '../../../stores/blobs/file-blob-store.ts'
import { openSqliteMetadata } from '../../../stores/metadata/sqlite.ts'
import type { Action, Call } from '../../service.ts'
import type { EcrContext } from '../ecr-context.ts'
import { registryAddresses } from '../registry-addresses.ts'

export const ourAccount = parseAccountId('111122223333')
export const theirAccount = parseAccountId('444455556666')
const sealKey = new Uint8Array(32).fill(1)

/** Who asks, and from where; what isn't given is the root of our account in us-east-1. */
interface Asker {
  readonly caller?: Principal
  readonly region?: string
}

/** A desk that answers ECR's actions over a registry of its own, in a temporary folder, at a time of the test's choosing. */
export interface EcrDesk extends AsyncDisposable {
  readonly context: EcrContext
  /** Asks for the permissions an action needs, then runs it: what the AWS front end does once a signature is verified. */
  ask<Input, Output>(
    action: Action<EcrContext, Input, Output>,
    input: NoInfer<Input>,
    asker?: Asker,
  ): Promise<Output>
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): void
}

/** What lies beyond the registry, where a test has something there; the desk doesn't close it. */
type Beyond = Pick<Parameters<typeof createRegistry>[0], 'outbound' | 'upstreams'>

export async function openEcrDesk(beyond: Beyond = {}): Promise<EcrDesk> {
  await using closing = new AsyncDisposableStack()
  const clock = { now: new Date('2026-03-01T08:00:00.000Z') }
  const context = await openContext(closing, () => clock.now, beyond)
  const stack = closing.move()
  return {
    context,
    ask: (action, input, asker) => ask(context, action, input, asker),
    pass: (milliseconds) => {
      clock.now = new Date(clock.now.getTime() + milliseconds)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function openContext(
  closing: AsyncDisposableStack,
  now: () => Date,
  beyond: Beyond,
): Promise<EcrContext> {
  const folder = closing.use(await mkdtempDisposable(join(tmpdir(), 'berth-ecr-')))
  const metadata = closing.use(await openSqliteMetadata({ file: join(folder.path, 'berth.db') }))
  const blobs = closing.use(await openFileBlobStore({ folder: folder.path }))
  const registry = closing.use(
    createRegistry({
      ...beyond,
      metadata,
      blobs,
      now,
      newId: () => crypto.randomUUID(),
      onError: (error) => {
        throw error
      },
      cacheTtl: Number.POSITIVE_INFINITY,
    }),
  )
  return {
    registry,
    authoriser: openAuthoriser(registry),
    tokens: new RegistryTokens(new Seal(sealKey, 'registry-token'), now),
    tickets: new DownloadTickets(new Seal(sealKey, 'download-ticket'), now),
    registryAddresses: registryAddresses({ registryHost: 'localhost:4566' }),
  }
}

async function ask<Input, Output>(
  context: EcrContext,
  action: Action<EcrContext, Input, Output>,
  input: Input,
  asker: Asker = {},
): Promise<Output> {
  const call = callOf(asker, nextTokenOf(input))
  const { caller: who, surroundings } = call
  for (const permission of await action.permissions(input, call, context)) {
    await context.authoriser.authorise({ who, permission, surroundings })
  }
  return action.run(input, call, context)
}

function callOf({ caller = rootOf(ourAccount), region = 'us-east-1' }: Asker, nextToken?: string): Call {
  const position: unknown = nextToken === undefined ? undefined : JSON.parse(nextToken)
  return {
    caller,
    registry: { account: caller.account, region: parseRegion(region) },
    surroundings: { sourceIp: '127.0.0.1', isSecure: false },
    requestId: 'request-1',
    endpoint: 'http://localhost:4566',
    pages: { position, next: (last) => JSON.stringify(last) },
  }
}

function nextTokenOf(input: unknown): string | undefined {
  const given =
    typeof input === 'object' && input !== null && 'nextToken' in input ? input.nextToken : undefined
  return typeof given === 'string' ? given : undefined
}
