import { randomInt } from 'node:crypto'
import { runProgram } from './client.ts'

/** A network bridge that one Docker daemon has for itself, so that several can run on a machine. */
export interface DockerBridge extends AsyncDisposable {
  /** What tells the daemon to use it, and which addresses further networks of its may have. */
  readonly flags: readonly string[]
}

const tries = 50

/** Lays a bridge in a part of 10.0.0.0/8 that no other has. Needs root. */
export async function layDockerBridge(): Promise<DockerBridge> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const part = randomInt(100, 255)
    const name = `berth-test-${part}`
    // With an address of its own it keeps it; otherwise it changes as containers come and go, and those that stay lose it for a while.
    const address = `02:42:${part.toString(16)}:00:00:01`
    const added = await runProgram('ip', ['link', 'add', 'name', name, 'address', address, 'type', 'bridge'])
    if (added.exitCode !== 0) continue
    await runProgram('ip', ['address', 'add', `10.${part}.255.1/24`, 'dev', name])
    await runProgram('ip', ['link', 'set', name, 'up'])
    return {
      flags: [`--bridge=${name}`, `--default-address-pool=base=10.${part}.0.0/17,size=24`],
      async [Symbol.asyncDispose]() {
        await runProgram('ip', ['link', 'delete', name])
      },
    }
  }
  throw new Error('No network bridge could be made; it needs root')
}
