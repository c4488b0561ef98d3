import { setTimeout as pause } from 'node:timers/promises'
import type { DockerClient } from './docker-client.ts'
import { claimRole, labels, type Owner, ownerLabels } from './labels.ts'

/** How long, in milliseconds, whoever has a mark and lives is given to say so, and how often is looked. */
const [answerTime, lookEvery] = [5_000, 250]

const namesBegin = 'berth-claim-'

/** Whether a volume shows a claim, by its name. */
export function isClaimName(name: string): boolean {
  return name.startsWith(namesBegin)
}

/**
 * Has a claim seen on the engine, by an empty volume, until something is over, at the most for as long as an answer may take. Resolves to
 * what was seen last.
 */
export async function showClaim<Seen extends { readonly isOver: boolean }>(
  docker: DockerClient,
  owner: Owner,
  { look, signal }: { readonly look: () => Promise<Seen>; readonly signal: AbortSignal },
): Promise<Seen> {
  const body = {
    Name: `${namesBegin}${owner.claim}`,
    Labels: { ...ownerLabels(owner), [labels.role]: claimRole },
  }
  await docker.ask({ method: 'POST', path: '/volumes/create', body })
  try {
    const until = performance.now() + answerTime
    for (;;) {
      const seen = await look()
      if (seen.isOver || performance.now() >= until) return seen
      await pause(lookEvery, undefined, { signal })
    }
  } finally {
    await hideClaim(docker, owner.claim)
  }
}

/** Removes what shows a claim, if it is there. */
export async function hideClaim(docker: DockerClient, claim: string): Promise<void> {
  await docker.find({ method: 'DELETE', path: `/volumes/${namesBegin}${claim}` })
}
