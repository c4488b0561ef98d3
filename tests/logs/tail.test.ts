import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect } from 'vitest'
import { findAwsCli } from '../support/aws-cli.ts'
import { exportedBy } from '../support/berth-env.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { testUnless } from '../support/installed-programs.ts'

const aws = await findAwsCli(2)
const test = testUnless(!aws && 'aws CLI version 2 not installed')
const program = aws?.path ?? 'aws'

let berth: BerthProcess
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  if (!aws) return
  berth = await startBerthProcess()
  env = { ...(await exportedBy(berth)), AWS_PAGER: '' }
})
afterAll(() => berth?.[Symbol.asyncDispose]())

async function call(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(
    program,
    ['--endpoint-url', berth.url, 'logs', ...args],
    {
      env,
    },
  )
  expect(exitCode, stderr).toBe(0)
  return stdout
}

function put(message: string): Promise<string> {
  const event = JSON.stringify([{ timestamp: Date.now(), message }])
  return call(
    'put-log-events',
    '--log-group-name',
    '/ecs/web',
    '--log-stream-name',
    'web/1',
    '--log-events',
    event,
  )
}

test('aws logs tail --follow shows what is there, and what comes', async () => {
  await call('create-log-group', '--log-group-name', '/ecs/web')
  await call('create-log-stream', '--log-group-name', '/ecs/web', '--log-stream-name', 'web/1')
  await put('first')
  const tail = spawn(program, ['--endpoint-url', berth.url, 'logs', 'tail', '/ecs/web', '--follow'], {
    env: { PATH: process.env.PATH ?? '', PYTHONUNBUFFERED: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const heard = new EventTarget()
  tail.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    heard.dispatchEvent(new Event('text'))
  })
  try {
    while (!said.includes('first')) await once(heard, 'text')
    await put('second')
    while (!said.includes('second')) await once(heard, 'text')
    expect(said.match(/web\/1 (first|second)/g)).toEqual(['web/1 first', 'web/1 second'])
  } finally {
    tail.kill('SIGKILL')
  }
})
