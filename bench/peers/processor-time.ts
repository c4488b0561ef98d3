import { readFile } from 'node:fs/promises'
import { familyNow } from './process-memory.ts'

/** Linux counts in hundredths of a second wherever Node runs. @see sysconf(3), _SC_CLK_TCK */
const tickMs = 10

/** Processor time that a process and everything it started have taken so far, in ms: in their own code and in the system's. */
export async function processorTimeOf(id: number): Promise<number> {
  const family = await familyNow(id)
  const texts = await Promise.all(family.map((member) => readFile(`/proc/${member.id}/stat`, 'utf8')))
  return texts.reduce((sum, text) => sum + parseProcessorTime(text), 0)
}

/** Reads `/proc/<id>/stat`, whose second field is a name in brackets with anything in it. @see proc_pid_stat(5), utime and stime */
export function parseProcessorTime(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}
