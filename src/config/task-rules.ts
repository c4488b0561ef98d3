import { type TaskRight, taskRights } from '../core/ecs/task-rules.ts'

/** Rights separated by commas; undefined when one of them is none. */
export function parseTaskRights(text: string): ReadonlySet<TaskRight> | undefined {
  const parts = partsOf(text)
  const rights = taskRights.filter((right) => parts.includes(right))
  return rights.length === new Set(parts).size ? new Set(rights) : undefined
}

/** Absolute paths separated by commas; undefined when one of them is none. */
export function parseTaskFolders(text: string): ReadonlySet<string> | undefined {
  const parts = partsOf(text)
  return parts.every((part) => part.startsWith('/') && !part.split('/').includes('..'))
    ? new Set(parts)
    : undefined
}

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(/ *, */)
}
