import { z } from 'zod'
import type { Task } from '../core/ecs/task.ts'
import type { DockerCall, DockerClient } from './docker-client.ts'
import type { ImageToPull } from './engine.ts'
import { repoDigest } from './repo-digest.ts'

const progress = z.object({ status: z.string().optional() })
const details = z.object({ RepoDigests: z.array(z.string()).nullish() })

/** Docker's name for what a task asks its machine to be. */
export function platformOf(runtime: Task['runtimePlatform']): string | undefined {
  if (runtime?.cpuArchitecture === undefined) return undefined
  return runtime.cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64'
}

/** Pulls an image; resolves to its digest, if its registry has told one. */
export async function pullImage(
  docker: DockerClient,
  { name, digest, login }: ImageToPull,
  { platform, signal }: { readonly platform: string | undefined; readonly signal: AbortSignal },
): Promise<string | undefined> {
  // Without a tag or a digest the engine would pull all tags.
  const whole = /[:@][^/]+$/.test(name) ? name : `${name}:latest`
  const query = { fromImage: whole, ...(platform !== undefined && { platform }) }
  let told: string | undefined
  await docker.follow(
    { method: 'POST', path: '/images/create', query, signal, login: login && authConfig(login) },
    {
      onLine: (line) => {
        told = digestTold(line) ?? told
      },
    },
  )
  if (digest !== undefined || told !== undefined) return digest ?? told
  const { RepoDigests } = details.parse(
    await docker.ask({ method: 'GET', path: `/images/${whole}/json`, signal }),
  )
  return repoDigest(whole, RepoDigests ?? [])
}

/** Docker says it in words; other engines, such as Podman, don't. */
function digestTold(line: unknown): string | undefined {
  return /^Digest: (sha256:[0-9a-f]{64})$/.exec(progress.parse(line).status ?? '')?.[1]
}

function authConfig({ username, password, host }: NonNullable<ImageToPull['login']>): DockerCall['login'] {
  return { username, password, serveraddress: host }
}
