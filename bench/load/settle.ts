import { setTimeout as pause } from 'node:timers/promises'

/** Waits until a server that has just started has done what it does after its first answer: 3 seconds. */
export function settle(): Promise<void> {
  return pause(3000)
}
