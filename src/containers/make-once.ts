import { setTimeout as pause } from 'node:timers/promises'
import { DockerError } from './docker-client.ts'

/** How often, and after how many milliseconds, a container is looked for whose name is taken. */
const [mostTries, nameWait] = [60, 250]

/**
 * Finds a container by its name or makes it. Another process of this Berth may be making it just now: the engine takes a name a while
 * before the container can be seen.
 *
 * @throws DockerError when it can't be made, or something else has that name
 */
export async function makeOnce<Found>(
  find: () => Promise<Found | undefined>,
  make: () => Promise<Found>,
): Promise<Found> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await find()
    if (known !== undefined) return known
    try {
      return await make()
    } catch (error) {
      const isTaken = error instanceof DockerError && error.status === 409
      if (!isTaken || attempt === mostTries) throw error
      await pause(nameWait)
    }
  }
}
