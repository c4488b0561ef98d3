import { expect, test } from 'vitest'
import { DockerEngine } from './docker-engine.ts'
import type { LogLine } from './engine.ts'
import { engineThat } from './testing/engine-that.ts'

/** What is read of a container's output from an engine that refuses it with a status. */
async function linesFrom(status: number): Promise<LogLine[]> {
  await using fake = await engineThat((response) => response.writeHead(status).end('No such container'))
  const owner = async () => ({ mark: 'ours', claim: 'ours' })
  const engine = new DockerEngine(fake.docker, { owner, common: undefined })
  const { signal } = new AbortController()
  const lines: LogLine[] = []
  for await (const line of engine.logs('c', { isRaw: false, hasEnded: true, signal })) lines.push(line)
  return lines
}

test('a container that is gone says nothing more', async () => {
  expect(await linesFrom(404)).toEqual([])
})

test('output that the engine refuses is not taken for none', async () => {
  await expect(linesFrom(500)).rejects.toThrow('No such container')
})
