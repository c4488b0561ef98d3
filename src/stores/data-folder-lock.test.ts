import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataFolderInUseError, isDataFolderInUse, lockDataFolder } from './data-folder-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a folder is taken once, and again when it is given back', () => {
  const lock = lockDataFolder(folder)
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError)
  lock[Symbol.dispose]()
  lockDataFolder(folder)[Symbol.dispose]()
})

test('anyone can see whether it is taken', () => {
  expect(isDataFolderInUse(folder)).toBe(false)
  const lock = lockDataFolder(folder)
  expect(isDataFolderInUse(folder)).toBe(true)
  lock[Symbol.dispose]()
  expect(isDataFolderInUse(folder)).toBe(false)
})

test('the lock of a killed process is gone with it', async () => {
  const module = new URL('data-folder-lock.ts', import.meta.url).href
  const script = `
    const { lockDataFolder } = await import(${JSON.stringify(module)})
    const lock = lockDataFolder(${JSON.stringify(folder)})
    console.log('locked')
    setInterval(() => lock, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script])
  await once(holder.stdout, 'data')
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockDataFolder(folder)[Symbol.dispose]()
})
