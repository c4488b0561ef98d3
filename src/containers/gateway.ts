import type { DockerClient } from './docker-client.ts'
import type { CommonNetwork } from './docker-engine.ts'
import { EngineUnreachableError, MachineError } from './engine.ts'
import type { Owner } from './labels.ts'
import { ensureNetwork } from './provision-task.ts'
import { taskNetwork } from './task-network.ts'

/** The address at which every AWS SDK asks for the credentials of a task. @see AWS SDKs and Tools reference, "Container credential provider" */
export const gatewayAddress = '169.254.170.2'
const gatewayPort = 80

/**
 * The network on which tasks find that address: it is the engine's machine. It leads nowhere else, and its containers don't see each other.
 * Instance metadata's own address is nobody's.
 */
export function gatewayNetwork({ mark }: Owner): CommonNetwork {
  const addresses = { Subnet: taskNetwork, Gateway: gatewayAddress }
  return {
    name: `ecs-${mark}-endpoint`,
    options: {
      Internal: true,
      IPAM: { Config: [{ ...addresses, AuxiliaryAddresses: { metadata: '169.254.169.254' } }] },
      Options: { 'com.docker.network.bridge.enable_icc': 'false' },
    },
  }
}

interface Parts {
  readonly docker: DockerClient
  readonly owner: () => Promise<Owner>
  /** Listens there, until Berth stops. */
  readonly listen: (host: string, port: number) => Promise<void>
}

/** Where Berth, which runs on the engine's machine, answers tasks at the address that SDKs expect. */
export class Gateway {
  readonly #parts: Parts
  #listening: Promise<void> | undefined
  #hasFailed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Listens if it doesn't. @throws MachineError, EngineUnreachableError */
  async open(): Promise<void> {
    this.#listening ??= this.#listen()
    try {
      await this.#listening
      this.#hasFailed = false
    } catch (error) {
      this.#listening = undefined
      if (error instanceof EngineUnreachableError) throw error
      this.#hasFailed = true
      throw new MachineError(
        `Berth can't listen for tasks at ${gatewayAddress}:${gatewayPort}: ${why(error)}`,
      )
    }
  }

  /** What still keeps Berth from listening, if something did the last time. @throws EngineUnreachableError */
  async obstacle(): Promise<string | undefined> {
    if (!this.#hasFailed) return undefined
    try {
      await this.open()
      return undefined
    } catch (error) {
      if (error instanceof MachineError) return error.detail
      throw error
    }
  }

  async #listen(): Promise<void> {
    const { docker, owner, listen } = this.#parts
    const own = await owner()
    await ensureNetwork(docker, { owner: own, ...gatewayNetwork(own) })
    await listen(gatewayAddress, gatewayPort)
  }
}

const whys: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL:
    'the engine has not given this machine that address, as Podman does not, and an engine on another machine cannot. With a URL as --task-endpoint any engine will do.',
  EADDRINUSE:
    'another process of this machine has that port. End it or have it listen elsewhere (ss -ltnp "sport = :80" names it), or give --task-endpoint a URL by which tasks reach Berth.',
  EACCES:
    'the system does not let Berth have that port. Give it the right (CAP_NET_BIND_SERVICE), or give --task-endpoint a URL by which tasks reach Berth.',
}

function why(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return whys[code] ?? (error instanceof Error ? error.message : String(error))
}
