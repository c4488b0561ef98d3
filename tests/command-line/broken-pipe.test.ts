import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { BERTH } from '../support/berth-process.ts'

test('a command whose reader has gone, as head does, ends without a word', async () => {
  const command = spawn(process.execPath, [BERTH, 'serve', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  command.stdout.destroy()
  const [said, [exitCode]] = await Promise.all([text(command.stderr), once(command, 'exit')])
  expect({ said, exitCode }).toEqual({ said: '', exitCode: 0 })
})
