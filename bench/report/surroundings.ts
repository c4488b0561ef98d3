import { spawnSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { dockerRegistry, dockerRegistryVersion } from '../peers/docker-registry.ts'
import { versionOf } from '../peers/installed.ts'
import { nginx, nginxVersion } from '../peers/nginx.ts'

/** What the numbers depend on besides the code. */
export interface Surroundings {
  readonly date: string
  readonly machine: string
  readonly software: string
  /** Runnable processes over the last minute, when the benchmark began: near 0 on a machine that does nothing else. */
  readonly loadBefore: number
}

export function surroundings(now: Date): Surroundings {
  const processors = cpus()
  const gibibytes = Math.round(totalmem() / 1024 ** 3)
  const model = processors[0]?.model.trim() ?? 'unknown'
  return {
    date: now.toISOString().slice(0, 10),
    machine: `${processors.length} cores of ${model}, ${gibibytes} GiB, Linux ${release()}`,
    software: [
      `Berth ${commit()}`,
      `Node ${process.versions.node}`,
      installed(dockerRegistry, dockerRegistryVersion()),
      installed(nginx, nginxVersion()),
      installed('wrk', versionOf('wrk', '-v')),
    ].join(', '),
    loadBefore: loadavg()[0] ?? 0,
  }
}

function installed(name: string, version: string | undefined): string {
  return version === undefined ? `${name} not installed` : `${name} ${version}`
}

function commit(): string {
  const { stdout, status } = spawnSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'without git'
}
