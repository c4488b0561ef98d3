import { execFile } from 'node:child_process'
import { cp, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Scratch } from '../scratch.ts'

const clone = join(import.meta.dirname, '../..')

/** Builds Berth as npm's package has it, in a folder of its own, and resolves to its command. */
export async function installBerth(scratch: Scratch): Promise<string> {
  const folder = scratch.newFolder('installed')
  const bundler = join(clone, 'node_modules/rolldown/bin/cli.mjs')
  const dist = ['--config', 'rolldown.config.ts', '--dir', join(folder, 'dist/cli')]
  await promisify(execFile)(process.execPath, [bundler, ...dist], { cwd: clone })
  for (const part of ['bin', 'package.json']) {
    await cp(join(clone, part), join(folder, part), { recursive: true })
  }
  await symlink(join(clone, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'bin/berth.js')
}
