import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { inspect } from 'node:util'
import type { EngineAddress } from './engine-address.ts'

/** How long a connection on which nothing is said goes until the other side is asked whether it is there, in milliseconds. */
const askAfter = 15_000

/**
 * An address at which each request has a connection of its own. An engine that is told to end takes no new ones, but answers on those it has
 * while it stops its containers: it would look as if they ended by themselves. Connections that only listen notice when the engine's machine
 * is gone.
 */
export function freshConnections(address: EngineAddress): EngineAddress {
  const agents = { plain: unshared(new Agent(keepAlive)), overTls: unshared(new TlsAgent(keepAlive)) }
  return {
    name: address.name,
    options: () => {
      const place = address.options()
      return { ...place, agent: 'ca' in place ? agents.overTls : agents.plain }
    },
  }
}

const keepAlive = { keepAlive: true, keepAliveMsecs: askAfter }

function unshared<Connections extends Agent>(agent: Connections): Connections {
  agent.maxFreeSockets = 0
  // docker-modem prints what it asks with for each request, even for nobody: all that hangs on each open connection, without this.
  return Object.assign(agent, { [inspect.custom]: () => 'connections' })
}
