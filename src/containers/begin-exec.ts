import type { ExecTokens } from '../access/exec-tokens.ts'
import { splitCommand } from '../core/ecs/exec/split-command.ts'
import type { ExecutedCommand } from './exec-command.ts'
import type { TaskWork } from './task-work.ts'

/** How many sessions a process remembers to have begun; a token is no good after a minute. */
const remembered = 10_000

/**
 * Begins commands that somebody was allowed to run, each once in this process.
 *
 * @returns undefined for a token that is none, or no longer, or whose container doesn't run any more
 */
export function beginExec(
  tokens: ExecTokens,
  open: () => Promise<Pick<TaskWork, 'engine' | 'registry'>>,
): (token: string) => Promise<ExecutedCommand | undefined> {
  const begun = new Set<string>()
  return async (token) => {
    const grant = tokens.read(token)
    if (grant === undefined || begun.has(grant.id)) return undefined
    begun.add(grant.id)
    if (begun.size > remembered) begun.delete(begun.values().next().value ?? '')
    const { engine, registry } = await open()
    const task = await registry.metadata.tasks.find(grant.task)
    const container = task?.containers.find(({ definition }) => definition.name === grant.container)
    if (task?.desired !== 'RUNNING' || container?.status !== 'RUNNING') return undefined
    const { runtimeId } = container
    return runtimeId === undefined ? undefined : engine.exec(runtimeId, splitCommand(grant.command))
  }
}
