import type { Duplex } from 'node:stream'
import { ExecTokens } from './access/exec-tokens.ts'
import type { OpenTasks } from './open-tasks.ts'
import type { Upgrades } from './protocols/http/listen.ts'
import { execPath } from './services/ecs/exec-path.ts'

/** What lets commands run in containers, and the door by which they do; loaded with the first of them. */
export function openExec(parts: {
  readonly sealKey: Uint8Array
  readonly openTasks: () => Promise<OpenTasks>
  readonly now: () => Date
  readonly onError: (error: unknown) => void
}): { readonly execTokens: ExecTokens; readonly upgrades: Upgrades } {
  const { sealKey, openTasks, now, onError } = parts
  const execTokens = new ExecTokens(sealKey, now)
  const load = once(async () => {
    const [{ execDoor }, { beginExec }] = await Promise.all([
      import('./protocols/exec/exec-door.ts'),
      import('./containers/begin-exec.ts'),
    ])
    return execDoor({ begin: beginExec(execTokens, openTasks), now, onError })
  })
  const giveUp = (socket: Duplex, error: unknown) => {
    onError(error)
    socket.destroy()
  }
  return {
    execTokens,
    upgrades: {
      takes: (url) => url.startsWith(execPath),
      take(request, socket, head) {
        load().then(
          (door) => door(request, socket, head),
          (error: unknown) => giveUp(socket, error),
        )
      },
    },
  }
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined
  return () => {
    made ??= make()
    return made
  }
}
