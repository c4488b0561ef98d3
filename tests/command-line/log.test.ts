import { expect, test } from 'vitest'
import { z } from 'zod'
import { startBerthProcess } from '../support/berth-process.ts'

const line = z.object({
  level: z.string(),
  msg: z.string(),
  requestId: z.string(),
  path: z.string(),
  status: z.number(),
})

test('at level debug every request has a line, without the query that may hold a right', async () => {
  await using berth = await startBerthProcess({ flags: ['--log-level', 'debug'] })
  await fetch(`${berth.url}/berth/layers/sha256:0?ticket=hidden`)
  await expect.poll(() => berth.output).toContain('Answered')
  const answered = berth.output.split('\n').find((text) => text.includes('Answered')) ?? ''
  expect(line.parse(JSON.parse(answered))).toMatchObject({
    level: 'debug',
    path: '/berth/layers/sha256:0',
    status: 403,
  })
  expect(berth.output).not.toContain('hidden')
})

test('at level info requests go unmentioned', async () => {
  await using berth = await startBerthProcess()
  await fetch(`${berth.url}/v2/`)
  await berth.terminate()
  expect(berth.output).not.toContain('/v2/')
})
