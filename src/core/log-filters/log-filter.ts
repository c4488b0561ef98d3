/** Says whether a message of a log is one of those that are looked for. */
export type LogFilter = (message: string) => boolean
