import type { HttpDoor } from './exchange.ts'

/** Lets only these methods through to a door; others are told which (RFC 9110, section 15.5.6). */
export function only(methods: readonly string[], door: HttpDoor): HttpDoor {
  const allow = methods.join(', ')
  return async (request) => {
    if (methods.includes(request.method)) return door(request)
    const headers = { allow, 'content-type': 'text/plain; charset=utf-8' }
    return { status: 405, headers, body: `Only ${allow} here\n` }
  }
}
