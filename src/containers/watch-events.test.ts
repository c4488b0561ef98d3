import { expect, test } from 'vitest'
import { taskArn } from '../core/ecs/task.ts'
import { sampleTask } from '../core/ecs/testing/sample-task.ts'
import { labels } from './labels.ts'
import { engineThat } from './testing/engine-that.ts'
import { watchEvents } from './watch-events.ts'

const task = sampleTask([])
const died = {
  Type: 'container',
  Action: 'die',
  Actor: { ID: 'c', Attributes: { [labels.task]: taskArn(task), [labels.owner]: 'ours' } },
}

test.each([
  ['whose mark nobody can tell', died, 'no database'],
  ['that has no actor', { Type: 'container', Action: 'die' }, 'Actor'],
])('an event %s ends the watch, so that all tasks are looked at', async (_, event, why) => {
  await using engine = await engineThat((response, request) => {
    const body = request.url?.startsWith('/events') ? event : { SystemTime: '2026-03-01T12:00:00Z' }
    response.writeHead(200, { 'content-type': 'application/json' }).write(`${JSON.stringify(body)}\n`)
    if (body !== event) response.end()
  })
  const changed: unknown[] = []
  const watching = watchEvents(
    {
      docker: engine.docker,
      owner: () => Promise.reject(new Error('no database')),
    },
    { onOpen: () => undefined, onChange: (key) => changed.push(key), onClaim: () => undefined },
    new AbortController().signal,
  )
  await expect(watching).rejects.toThrow(why)
  expect(changed).toEqual([])
})
