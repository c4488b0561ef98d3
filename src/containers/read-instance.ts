import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ContainerInstance } from '../core/ecs/container-instance.ts'

const information = z.object({
  ID: z.string(),
  Name: z.string(),
  DockerRootDir: z.string(),
  /** Of Podman alone. */
  BuildahVersion: z.string().optional(),
  NCPU: z.int(),
  MemTotal: z.number(),
  Architecture: z.string(),
  ServerVersion: z.string(),
})

const mebibyte = 1024 * 1024

/** What an engine tells of itself, as a machine for tasks. @see Docker Engine API, SystemInfo */
export function readInstance(answer: unknown): ContainerInstance {
  const { NCPU, MemTotal, Architecture, ServerVersion, ...known } = information.parse(answer)
  return {
    id: createHash('sha256').update(identityOf(known)).digest('hex').slice(0, 32),
    cpu: NCPU * 1024,
    memory: Math.floor(MemTotal / mebibyte),
    architecture: Architecture === 'aarch64' ? 'arm64' : Architecture,
    engineVersion: ServerVersion,
  }
}

/** Podman tells another id each time. */
function identityOf({
  ID,
  Name,
  DockerRootDir,
  BuildahVersion,
}: Pick<z.infer<typeof information>, 'ID' | 'Name' | 'DockerRootDir' | 'BuildahVersion'>): string {
  return BuildahVersion === undefined ? ID : `${Name} ${DockerRootDir}`
}
