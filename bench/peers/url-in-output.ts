import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Origin {
  readonly origin: string
  readonly port: number
}

/**
 * Resolves when a server has printed where it listens. What it prints later is read and dropped, so that it never
 * waits for its reader.
 *
 * @throws Error when it ends without having said so; with its last words
 */
export function urlIn(child: ChildProcess): Promise<Origin> {
  if (child.stdout === null) throw new Error('The server has no output to read')
  const said: string[] = []
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = originIn(line)
      if (found !== undefined) resolve(found)
      else if (said.length < 20) said.push(line)
    })
    lines.once('close', () => reject(new Error(`The server ended before it listened: ${said.join('\n')}`)))
  })
}

/** The first HTTP address with a port in a line, or undefined. */
export function originIn(line: string): Origin | undefined {
  const found = /(http:\/\/[\w.[\]-]+:(\d+))/.exec(line)
  return found?.[1] === undefined ? undefined : { origin: found[1], port: Number(found[2]) }
}
