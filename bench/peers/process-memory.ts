import { readdir, readFile, writeFile } from 'node:fs/promises'

/** In MiB: what is held now, and the most since the start or since `forgetPeak`. */
export interface Memory {
  readonly now: number
  readonly peak: number
}

/** What Linux says of one process; sizes in MiB. */
export interface ProcessStatus extends Memory {
  readonly id: number
  readonly parent: number
}

/**
 * The resident memory of a process and everything it started, summed. Pages that two of them share count twice, and
 * their peaks need not fall together, so this is never too little.
 */
export async function memoryOf(id: number): Promise<Memory> {
  const family = await familyNow(id)
  return {
    now: family.reduce((sum, member) => sum + member.now, 0),
    peak: family.reduce((sum, member) => sum + member.peak, 0),
  }
}

/** Starts the peaks of a process and its children anew from what they hold now. @see proc(5), clear_refs */
export async function forgetPeak(id: number): Promise<void> {
  for (const member of await familyNow(id)) {
    await writeFile(`/proc/${member.id}/clear_refs`, '5')
  }
}

/** A process and its descendants, as they are now. */
export async function familyNow(id: number): Promise<ProcessStatus[]> {
  return familyOf(id, await everyProcess())
}

/** A process and its descendants among `all`. */
export function familyOf(id: number, all: readonly ProcessStatus[]): ProcessStatus[] {
  const children = all.filter((status) => status.parent === id)
  return [
    ...all.filter((status) => status.id === id),
    ...children.flatMap((child) => familyOf(child.id, all)),
  ]
}

/** Reads `/proc/<id>/status`; a process without memory of its own (a kernel thread, a zombie) has zeros. */
export function parseProcessStatus(text: string): ProcessStatus {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { id: field('Pid'), parent: field('PPid'), now: field('VmRSS') / 1024, peak: field('VmHWM') / 1024 }
}

async function everyProcess(): Promise<ProcessStatus[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const texts = await Promise.allSettled(ids.map((id) => readFile(`/proc/${id}/status`, 'utf8')))
  // A process that ended between the two calls has no status to read and no memory either.
  return texts.flatMap((text) => (text.status === 'fulfilled' ? [parseProcessStatus(text.value)] : []))
}
