import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const launcher = join(import.meta.dirname, '../../bin/berth.js')

/** Makes the Node that runs with it believe it is version 20.0.0; a Node that it starts knows better. */
const asNode20 = [
  '--import',
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})",
]

/** What stands where the built command line would: it tells who runs it, and ends as it is told. */
const program = `
  const [how, code] = process.argv.slice(2)
  const isNode20 = process.execArgv.includes('--import')
  if (how === 'wait') {
    const waiting = setInterval(() => {}, 1000)
    process.on('SIGTERM', () => { console.log('stopped'); clearInterval(waiting); process.exitCode = 3 })
  }
  console.log(JSON.stringify({ node: process.versions.node, isNode20, args: process.argv.slice(2) }))
  if (how === 'exit') process.exit(Number(code))
  if (how === 'die') process.kill(process.pid, 'SIGKILL')`

/** A package as npm installs it, in `<folder>/node_modules/berth`. */
async function installIn(folder: string): Promise<string> {
  const installed = join(folder, 'node_modules/berth')
  await mkdir(join(installed, 'bin'), { recursive: true })
  await mkdir(join(installed, 'dist/cli'), { recursive: true })
  await copyFile(launcher, join(installed, 'bin/berth.js'))
  await writeFile(join(installed, 'package.json'), '{ "type": "module" }')
  await writeFile(join(installed, 'dist/cli/berth.mjs'), program)
  return join(installed, 'bin/berth.js')
}

async function pinNode(folder: string): Promise<void> {
  const pinned = join(folder, 'node_modules/node/bin/node')
  await mkdir(dirname(pinned), { recursive: true })
  await symlink(process.execPath, pinned)
}

describe('on Node 24', () => {
  test('the program runs in the same process', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    const { stdout, exitCode } = await runProgram(process.execPath, [berth, 'exit', '7'])
    expect(JSON.parse(stdout)).toMatchObject({ args: ['exit', '7'] })
    expect(exitCode).toBe(7)
  })
})

describe('on Node 20', () => {
  test('without a newer one it says what to do', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    const { stdout, stderr, exitCode } = await runProgram(process.execPath, [...asNode20, berth])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toMatch(/needs Node\.js 24 or later.*npm install node@24/s)
  })

  test('the newer one of a folder around is found, and its exit code passed on', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    await pinNode(folder.path)
    const { stdout, exitCode } = await runProgram(process.execPath, [...asNode20, berth, 'exit', '7'])
    expect(JSON.parse(stdout)).toEqual({ node: process.versions.node, isNode20: false, args: ['exit', '7'] })
    expect(exitCode).toBe(7)
  })

  test('a program that a signal ended ends the launcher as a shell would tell it', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    await pinNode(folder.path)
    const { exitCode } = await runProgram(process.execPath, [...asNode20, berth, 'die'])
    expect(exitCode).toBe(128 + 9)
  })

  test('a launcher that is killed takes the program with it', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    await pinNode(folder.path)
    const running = spawn(process.execPath, [...asNode20, berth, 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(running.stdout, 'readable')
    running.kill('SIGKILL')
    // Its output ends with the last process that could write to it.
    expect(await text(running.stdout)).not.toContain('stopped')
  })

  test('a signal reaches the program, which ends in its own way', async () => {
    await using folder = await temporaryFolder()
    const berth = await installIn(folder.path)
    await pinNode(folder.path)
    const running = spawn(process.execPath, [...asNode20, berth, 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(running, 'exit')
    await once(running.stdout, 'readable')
    running.kill('SIGTERM')
    expect(await text(running.stdout)).toContain('stopped')
    expect(await ended).toEqual([3, null])
  })
})
