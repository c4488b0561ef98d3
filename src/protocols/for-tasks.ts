import type { HttpDoor } from './http/exchange.ts'

/**
 * A door at an address that is for tasks alone. It is one of the machine's own, so whatever has a way to the machine could ask there,
 * were it a container that is none of Berth's or another machine.
 *
 * @param isTask whether an address is on the network of tasks
 */
export function forTasks(door: HttpDoor, isTask: (address: string) => boolean): HttpDoor {
  return async (request) => (isTask(request.peerAddress) ? door(request) : forbidden)
}

const forbidden = {
  status: 403,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'This address is for tasks of Amazon ECS\n',
}
