import { expect, test } from 'vitest'
import { withDefaultCommand } from './default-command.ts'

test.each([
  [[], ['serve']],
  [
    ['--port', '5000'],
    ['serve', '--port', '5000'],
  ],
  [['--help'], ['--help']],
  [['-h'], ['-h']],
  [['--version'], ['--version']],
  [
    ['env', '--shell', 'fish'],
    ['env', '--shell', 'fish'],
  ],
  [['serv'], ['serv']],
])('%j means %j', (given, meant) => {
  expect(withDefaultCommand(given)).toEqual(meant)
})
