import { type TaskRight, taskRights } from '../core/ecs/task-rules.ts'

/** Rights separated by commas; undefined when one of them is none. */
export function parseTaskRights(text: string): ReadonlySet<TaskRight> | undefined {
  const parts = partsOf(text)
  const rights = taskRights.filter((right) => parts.includes(right))
  return rights.length === new Set(parts).size ? new Set(rights) : undefined
}

/**
 * Absolute paths separated by commas; undefined when one of them is none, or lies below another: a task that has that one could put a
 * link to anywhere in its place.
 */
export function parseTaskFolders(text: string): ReadonlySet<string> | undefined {
  const parts = partsOf(text)
  const arePaths = parts.every((part) => part.startsWith('/') && !part.split('/').includes('..'))
  const isNested = parts.some((part) => parts.some((other) => isBelow(part, other)))
  return arePaths && !isNested ? new Set(parts) : undefined
}

function isBelow(path: string, other: string): boolean {
  const [inner = '', outer = ''] = [path, other].map((one) => `${one.replace(/\/+$/, '')}/`)
  return inner !== outer && inner.startsWith(outer)
}

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(/ *, */)
}
