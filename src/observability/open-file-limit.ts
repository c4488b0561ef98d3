/**
 * How many files a process may have open, from what Linux says in `/proc/self/limits`; undefined when there is no limit or none is told.
 *
 * @see proc_pid_limits(5)
 */
export function openFileLimit(limits: string): number | undefined {
  const soft = /^Max open files +(\d+) /m.exec(limits)?.[1]
  return soft === undefined ? undefined : Number(soft)
}
