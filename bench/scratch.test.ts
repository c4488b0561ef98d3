import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { Scratch } from './scratch.ts'

const waitsForever = ['-e', 'setInterval(() => {}, 1000)']
const startsAChildAndWaits = `
  import { Scratch } from '${new URL('./scratch.ts', import.meta.url)}'
  process.once('SIGINT', () => process.exit(130))
  const scratch = new Scratch('${tmpdir()}')
  const child = scratch.spawn(process.execPath, ${JSON.stringify(waitsForever)})
  console.log(JSON.stringify([scratch.folder, child.pid]))
  setInterval(() => {}, 1000)
`

test('folder and programs are gone when it is disposed of', async () => {
  const scratch = new Scratch(tmpdir())
  writeFileSync(join(scratch.newFolder('full'), 'file'), 'content')
  const child = scratch.spawn(process.execPath, waitsForever, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  scratch[Symbol.dispose]()
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(existsSync(scratch.folder)).toBe(false)
})

test('folder and programs are gone when the benchmark is interrupted', async () => {
  const flags = ['--input-type=module-typescript', '-e', startsAChildAndWaits]
  const benchmark = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: benchmark.stdout }), 'line')
  const [folder, program] = JSON.parse(line)
  benchmark.kill('SIGINT')
  expect(await once(benchmark, 'exit')).toEqual([130, null])
  expect(existsSync(folder)).toBe(false)
  await expect.poll(() => isRunning(program)).toBe(false)
})

test('two folders for the same purpose are not the same', () => {
  using scratch = new Scratch(tmpdir())
  expect(scratch.newFolder('berth')).not.toBe(scratch.newFolder('berth'))
})

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false // ESRCH: there is no such process.
  }
}
