import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ContainerInstance } from '../core/ecs/container-instance.ts'

const information = z.object({
  ID: z.string(),
  NCPU: z.int(),
  MemTotal: z.number(),
  Architecture: z.string(),
  ServerVersion: z.string(),
})

const mebibyte = 1024 * 1024

/** What an engine tells of itself, as a machine for tasks. @see Docker Engine API, SystemInfo */
export function readInstance(answer: unknown): ContainerInstance {
  const { ID, NCPU, MemTotal, Architecture, ServerVersion } = information.parse(answer)
  return {
    id: createHash('sha256').update(ID).digest('hex').slice(0, 32),
    cpu: NCPU * 1024,
    memory: Math.floor(MemTotal / mebibyte),
    architecture: Architecture === 'aarch64' ? 'arm64' : Architecture,
    engineVersion: ServerVersion,
  }
}
