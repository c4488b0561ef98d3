import type { BuiltDoors } from './build-door.ts'
import type { HttpDoor } from './protocols/http/exchange.ts'

/**
 * The doors of a server that listens already: its port, which they need, is known only then. Requests wait the moment between.
 */
export class LateDoors implements BuiltDoors {
  readonly #built = Promise.withResolvers<BuiltDoors>()
  #doors: BuiltDoors = {
    everything: async (request) => (await this.#built.promise).everything(request),
    withoutPages: async (request) => (await this.#built.promise).withoutPages(request),
  }

  readonly everything: HttpDoor = (request) => this.#doors.everything(request)
  readonly withoutPages: HttpDoor = (request) => this.#doors.withoutPages(request)

  /** Lets in who waits, and from now on everyone at once. */
  open(doors: BuiltDoors): void {
    this.#doors = doors
    this.#built.resolve(doors)
  }
}
