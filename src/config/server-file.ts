import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode } from '../core/error-code.ts'
import { writePrivateFile } from './private-file.ts'

/** What a running server tells the other commands about itself. No secrets. */
export interface ServerFacts {
  /** Where clients on this machine reach it. */
  readonly url: string
  /** The CA that has to be trusted for that, PEM; undefined where nothing but the usual has. */
  readonly caFile?: string | undefined
  readonly accountId: string
  readonly region: string
  readonly rootAccessKey: string
  /** Whether the root key is the one that everybody knows. */
  readonly usesEmulatorKey: boolean
}

const serverFacts = z.object({
  url: z.url(),
  caFile: z.string().optional(),
  accountId: z.string(),
  region: z.string(),
  rootAccessKey: z.string(),
  usesEmulatorKey: z.boolean(),
})

/** Leaves the facts in the data folder. They hold while the folder is locked. */
export async function writeServerFile(dataDir: string, facts: ServerFacts): Promise<void> {
  await writePrivateFile(serverFile(dataDir), `${JSON.stringify(facts, undefined, 2)}\n`)
}

/** What the last server left in the data folder, or undefined when it left nothing. */
export async function readServerFile(dataDir: string): Promise<ServerFacts | undefined> {
  try {
    return serverFacts.parse(JSON.parse(await readFile(serverFile(dataDir), 'utf8')))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Takes the facts away, those of an earlier server too. */
export async function removeServerFile(dataDir: string): Promise<void> {
  await rm(serverFile(dataDir), { force: true })
}

function serverFile(dataDir: string): string {
  return join(dataDir, 'server.json')
}
