import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode } from '../core/error-code.ts'
import { makeSecrets } from './make-secrets.ts'
import { writePrivateFile } from './private-file.ts'

/** What only the owner of the data folder may know. */
export interface Secrets {
  readonly rootAccessKey: string
  readonly rootSecretKey: string
  /** 32 random bytes that sign registry tokens, page tokens and download URLs. */
  readonly sealKey: Uint8Array
}

export interface LoadedSecrets {
  readonly secrets: Secrets
  /** Whether this is the first start. */
  readonly created: boolean
  /** Whether others could read the file until now; they no longer can, but may have. */
  readonly wasExposed: boolean
}

/** The file of secrets holds something else; the message says which it is and what to do. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError'
  constructor(path: string, options: ErrorOptions) {
    super(
      `${path} does not hold what Berth wrote; restore it from a backup, or move it away to have new keys made`,
      options,
    )
  }
}

const stored = z.strictObject({
  rootAccessKey: z.string().min(1),
  rootSecretKey: z.string().min(1),
  sealKey: z.base64().length(44),
})

export function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json')
}

/**
 * Reads `<dataDir>/secrets.json` (0600, folder 0700) or makes it with random values on the first start; keys given
 * in the configuration win over stored ones and are never written.
 *
 * @throws SecretsError when the file holds something else than secrets
 */
export async function loadSecrets(options: {
  readonly dataDir: string
  readonly rootAccessKey?: string | undefined
  readonly rootSecretKey?: string | undefined
}): Promise<LoadedSecrets> {
  const { dataDir, rootAccessKey, rootSecretKey } = options
  const found = await readSecrets(dataDir)
  const kept = found ?? (await createSecrets(dataDir))
  const given =
    rootAccessKey !== undefined && rootSecretKey !== undefined ? { rootAccessKey, rootSecretKey } : {}
  return {
    secrets: { ...kept, ...given },
    created: found === undefined,
    wasExposed: await closeToOthers(secretsFile(dataDir)),
  }
}

/** The stored secrets, or undefined before the first start. @throws SecretsError when the file holds something else */
export async function readSecrets(dataDir: string): Promise<Secrets | undefined> {
  const path = secretsFile(dataDir)
  const text = await readText(path)
  if (text === undefined) return undefined
  try {
    const { sealKey, ...rootKey } = stored.parse(JSON.parse(text))
    return { ...rootKey, sealKey: Buffer.from(sealKey, 'base64') }
  } catch (error) {
    throw new SecretsError(path, { cause: error })
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function createSecrets(dataDir: string): Promise<Secrets> {
  const secrets = makeSecrets(randomBytes)
  const sealKey = Buffer.from(secrets.sealKey).toString('base64')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writePrivateFile(secretsFile(dataDir), `${JSON.stringify({ ...secrets, sealKey }, undefined, 2)}\n`)
  return secrets
}

/** Takes the file from everyone but its owner. Windows keeps no such modes: there the folder's own rights count. */
async function closeToOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  const exposed = process.platform !== 'win32' && (mode & 0o077) !== 0
  if (exposed) await chmod(path, 0o600)
  return exposed
}
