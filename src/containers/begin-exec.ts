import type { ExecGrant, ExecTokens } from '../access/exec-tokens.ts'
import { splitCommand } from '../core/ecs/exec/split-command.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { ContainerError } from './engine.ts'
import type { ExecutedCommand } from './exec-command.ts'
import { execLog } from './exec-log.ts'
import { openExecLog, type PutLines } from './open-exec-log.ts'
import { recordOutput } from './record-output.ts'
import type { TaskWork } from './task-work.ts'

/** How many sessions a process remembers to have begun; a token is no good after a minute. */
const remembered = 10_000

type ExecWork = Pick<TaskWork, 'engine' | 'registry' | 'authoriser'>

/** A command that runs, and what it says. */
type BegunCommand = Pick<ExecutedCommand, 'write' | 'resize' | 'close' | 'exitCode' | 'output'>

/**
 * Begins commands that somebody was allowed to run, each once in this process.
 *
 * @returns undefined for a token that is none, or no longer, or whose container doesn't run any more; the reason where the command's output
 * can't be kept as its cluster is configured
 */
export function beginExec(
  tokens: ExecTokens,
  open: () => Promise<ExecWork>,
): (token: string) => Promise<BegunCommand | { readonly refusal: string } | undefined> {
  const begun = new Set<string>()
  return async (token) => {
    const grant = tokens.read(token)
    if (grant === undefined || begun.has(grant.id)) return undefined
    begun.add(grant.id)
    if (begun.size > remembered) begun.delete(begun.values().next().value ?? '')
    const work = await open()
    const task = await work.registry.metadata.tasks.find(grant.task)
    const container = task?.containers.find(({ definition }) => definition.name === grant.container)
    if (task?.desired !== 'RUNNING' || container?.status !== 'RUNNING') return undefined
    const { runtimeId } = container
    if (runtimeId === undefined) return undefined
    try {
      const put = await openRecord(work, grant, task, container)
      const command = await work.engine.exec(runtimeId, splitCommand(grant.command))
      return put === undefined ? command : recorded(command, put)
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error
      return { refusal: error.message }
    }
  }
}

async function openRecord(
  work: ExecWork,
  { id }: ExecGrant,
  task: Task,
  container: TaskContainer,
): Promise<PutLines | undefined> {
  const cluster = await work.registry.metadata.clusters.find(task.cluster)
  const log = await execLog(work, cluster ?? {}, task, container)
  return log && openExecLog(work, log, id)
}

function recorded(command: ExecutedCommand, put: PutLines): BegunCommand {
  return {
    output: recordOutput(command.output, put),
    write: (input) => command.write(input),
    resize: (size) => command.resize(size),
    close: () => command.close(),
    exitCode: () => command.exitCode(),
  }
}
