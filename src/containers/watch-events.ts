import { z } from 'zod'
import { parseTaskArn } from '../core/ecs/task.ts'
import type { DockerClient } from './docker-client.ts'
import type { WatchHooks } from './engine.ts'
import { labels, type Owner } from './labels.ts'
import { isClaimName } from './show-claim.ts'

const clock = z.object({ SystemTime: z.string().default('1970-01-01T00:00:00Z') })
const happening = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
})

/** What changes a container as tasks see it, and Podman's own words for that: there one that died is known to have once it is cleaned up. */
const tellingEvents = ['start', 'die', 'oom', 'destroy', 'health_status', 'cleanup', 'remove']

/**
 * Tells what happens to own containers and what claims are shown on a Docker Engine, until `signal` aborts or the engine goes. The engine can't
 * sift by labels here, since what it tells of volumes has none. An event that can't be read ends it: whoever watches again looks at all tasks.
 *
 * @throws EngineUnreachableError, DockerError, the signal's reason, what came in the way of an event
 */
export async function watchEvents(
  { docker, owner }: { readonly docker: DockerClient; readonly owner: () => Promise<Owner> },
  { onOpen, onChange, onClaim }: WatchHooks,
  signal: AbortSignal,
): Promise<void> {
  const filters = JSON.stringify({ type: ['container', 'volume'], event: [...tellingEvents, 'create'] })
  const onLine = async (line: unknown) => {
    const { Type, Action, Actor } = happening.parse(line)
    if (Type === 'volume') return isClaimName(Actor.ID) && Action === 'create' && onClaim()
    const { [labels.task]: arn = '', [labels.owner]: mark } = Actor.Attributes ?? {}
    const task = parseTaskArn(arn)
    if (task !== undefined && mark === (await owner()).mark) onChange(task)
  }
  const failed = new AbortController()
  const until = AbortSignal.any([signal, failed.signal])
  const { SystemTime } = clock.parse(await docker.ask({ method: 'GET', path: '/info', signal }))
  await docker.follow(
    { method: 'GET', path: '/events', query: { filters }, signal: until },
    {
      onOpen: () => onOpen(Date.parse(SystemTime)),
      onLine: (line) => void onLine(line).catch((error: unknown) => failed.abort(error)),
    },
  )
}
