import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createPrivateFile } from '../../config/private-file.ts'
import { hasCode } from '../../core/error-code.ts'
import { authorityCertificateFile, authorityFile } from './authority-paths.ts'
import {
  authorityEnd,
  authorityText,
  type LocalAuthority,
  makeAuthority,
  type Permitted,
  readAuthority,
} from './local-authority.ts'
import { LocalAuthorityError } from './local-authority-error.ts'
import { missingFrom, permittedBy } from './permits.ts'

/**
 * The local CA of a data folder, made on first use: certificate and key in a file for its owner alone (who is the owner of the folder
 * around it, also when root makes it), and the certificate once more in a file of its own.
 *
 * @throws LocalAuthorityError when the file holds something else, or a CA that has ended or was not made for what is needed now
 */
export async function openLocalAuthority(options: {
  readonly dataDir: string
  readonly permitted: Permitted
  readonly now: Date
}): Promise<LocalAuthority> {
  const { dataDir, permitted, now } = options
  const authority =
    (await readLocalAuthority(dataDir)) ?? (await create(dataDir, makeAuthority(permitted, now)))
  const file = authorityFile(dataDir)
  if (authorityEnd(authority) <= now) throw new LocalAuthorityError(file, 'has expired')
  const missing = missingFrom(permittedBy(authority), permitted)
  if (missing.length > 0) throw new LocalAuthorityError(file, `was not made for ${missing.join(', ')}`)
  return authority
}

/** The CA that is there, or undefined before its first use. @throws LocalAuthorityError when the file holds something else */
export async function readLocalAuthority(dataDir: string): Promise<LocalAuthority | undefined> {
  const file = authorityFile(dataDir)
  try {
    return readAuthority(await readFile(file, 'utf8'))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw new LocalAuthorityError(file, "can't be read", { cause: error })
  }
}

/** Of several processes that make one at the same time, the first wins, and the others take its. */
async function create(dataDir: string, made: LocalAuthority): Promise<LocalAuthority> {
  const [file, certFile] = [authorityFile(dataDir), authorityCertificateFile(dataDir)]
  const missing = missingFolders(dirname(file))
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await createPrivateFile(file, authorityText(made))
  const kept = (await readLocalAuthority(dataDir)) ?? made
  await createPrivateFile(certFile, kept.cert)
  await giveToOwnerOfParent([...missing, file, certFile])
  return kept
}

/** The folders down to and with this one that aren't there yet, outermost first. */
function missingFolders(path: string): readonly string[] {
  return existsSync(path) ? [] : [...missingFolders(dirname(path)), path]
}

/** Only root can give files away, and only root needs to: everything goes to whoever owns the folder that it was made in. */
async function giveToOwnerOfParent(paths: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) return
  for (const path of paths) {
    const { uid, gid } = await stat(dirname(path))
    await chown(path, uid, gid)
  }
}
