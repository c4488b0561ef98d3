import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../tests/support/free-port.ts'
import type { Scratch } from '../scratch.ts'
import { environment, versionOf } from './installed.ts'
import { type Server, serverOf, waitUntilItAnswers } from './server-process.ts'

/** The name of Debian's package and program. */
export const dockerRegistry = 'docker-registry'

/**
 * Seen with strace on 2.8.2: the blob's file and its link are synced before the 201, the folders they stand in are not.
 */
export const dockerRegistryDurability =
  'docker-registry syncs the blob and its link before it answers 201, but not the folders; Berth syncs both'

export function dockerRegistryVersion(): string | undefined {
  return versionOf(dockerRegistry, '--version')
}

/**
 * Starts the registry on `folder` as its package configures it (files, descriptor cache in memory, storage check), but
 * without a password and logging errors alone. Resolves to undefined when it isn't installed.
 */
export async function startDockerRegistry(scratch: Scratch, folder: string): Promise<Server | undefined> {
  if (dockerRegistryVersion() === undefined) return undefined
  const port = await freePort()
  const file = join(scratch.newFolder('docker-registry-config'), 'config.yml')
  writeFileSync(file, configuration(folder, port))
  const child = scratch.spawn(dockerRegistry, ['serve', file], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await waitUntilItAnswers(child, `http://127.0.0.1:${port}/v2/`)
  return serverOf(child, { name: dockerRegistry, port })
}

function configuration(folder: string, port: number): string {
  return `version: 0.1
log:
  level: error
  accesslog: { disabled: true }
storage:
  cache: { blobdescriptor: inmemory }
  filesystem: { rootdirectory: ${folder} }
  delete: { enabled: true }
http:
  addr: 127.0.0.1:${port}
  headers: { X-Content-Type-Options: [nosniff] }
health:
  storagedriver: { enabled: true, interval: 10s, threshold: 3 }
`
}
