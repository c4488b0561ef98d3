#!/usr/bin/env node
// Runs the command line with Node 24 or later: this one, or the one that npm installed beside it. Written so that any
// Node that knows ES modules can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const neededVersion = 24
/**
 * Keeps the part of V8's heap for new objects at the size it starts with. What arrives on a socket lies in pieces of memory beside the
 * heap that go only when that part is full; grown to its usual 16 MiB, it let so many gather that V8 searched the whole heap for
 * them, four times for each 200 MiB received: nearly half of the processor time, and 80 MiB of memory.
 */
const heapFlag = '--semi-space-growth-factor=1'
/** Tells a program that this file runs it in another Node. */
const launchedBy = 'BERTH_LAUNCHED_BY'
const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)))

if (Number.parseInt(process.versions.node, 10) >= neededVersion) {
  endWithLauncher()
  const program = findProgram()
  setFlagsFromString(heapFlag)
  if (program.endsWith('.ts')) await keepCompiled()
  await import(pathToFileURL(program).href)
} else {
  runWith(findPinnedNode())
}

/** A clone has the sources, which Node runs as they are; an installed package has what was built from them. */
function findProgram() {
  const source = join(packageFolder, 'cli', 'berth.ts')
  return existsSync(source) ? source : join(packageFolder, 'dist', 'cli', 'berth.mjs')
}

/**
 * Has Node keep what it translates and compiles of the sources, where only their owner can write, so that the next start is quicker
 * and smaller. The call is for this thread; other threads find the folder in the environment. What was built starts as quickly
 * without, and in less memory.
 */
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module')
  process.env.NODE_COMPILE_CACHE ??= join(packageFolder, 'node_modules', '.cache', 'berth')
  enableCompileCache(process.env.NODE_COMPILE_CACHE)
}

/** The Node of the npm package `node`, in this package's folder or in one around it. */
function findPinnedNode() {
  for (let folder = packageFolder; ; folder = dirname(folder)) {
    const candidate = join(
      folder,
      'node_modules',
      'node',
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    )
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

/** Whoever kills the launcher means the program: nothing else is told of that but the channel between them, which breaks. */
function endWithLauncher() {
  const isLaunched = process.env[launchedBy] === String(process.ppid)
  delete process.env[launchedBy]
  if (!isLaunched || process.channel === undefined) return
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel.unref()
}

/** Runs the program in another Node as if it were this process: same terminal, same signals, same end, even by SIGKILL. */
function runWith(node) {
  if (node === undefined) {
    console.error(
      `berth: Berth needs Node.js ${neededVersion} or later, and this is ${process.version}.\n` +
        `berth: Install it from https://nodejs.org, or beside Berth: npm install node@${neededVersion}`,
    )
    process.exitCode = 1
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [launchedBy]: String(process.pid) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => {
    console.error(`berth: ${node} can't be run: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}
