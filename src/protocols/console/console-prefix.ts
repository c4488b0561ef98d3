/** Below this path is the console. */
export const consolePrefix = '/console/'
/** Where a ticket is exchanged for a session. */
export const consoleSessionPath = '/console/session'
