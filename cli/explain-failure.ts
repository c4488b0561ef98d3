import { CommanderError } from 'commander'
import { ConfigError } from '../src/config/config-error.ts'
import { SecretsError } from '../src/config/secrets.ts'
import { DataFolderClosedError, DataFolderInUseError } from '../src/stores/data-folder-lock.ts'
import { SchemaTooNewError, SchemaTooOldError } from '../src/stores/metadata/migrations/migrate.ts'
import { CertificateFilesError } from '../src/tls/certificate-files.ts'
import { LocalAuthorityError } from '../src/tls/local-ca/local-authority-error.ts'
import { CliError } from './cli-error.ts'
import { explainSystemError } from './explain-system-error.ts'

/** How a command that failed ends: what is printed to the standard error, and the exit code. */
export interface Failure {
  readonly text: string
  readonly exitCode: number
}

const failed = 1
/** The command was told something that makes no sense. */
const misused = 2

/** Says what went wrong and what to do about it. Only what nobody expected is shown with its stack. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return { text: '', exitCode: error.exitCode === 0 ? 0 : misused }
  if (error instanceof ConfigError) return { text: asText(error.problems), exitCode: misused }
  return { text: asText(explain(error)), exitCode: failed }
}

function explain(error: unknown): readonly string[] {
  if (error instanceof CliError)
    return error.advice === undefined ? [error.message] : [error.message, error.advice]
  if (error instanceof SchemaTooNewError || error instanceof SchemaTooOldError) return [error.message]
  if (error instanceof SecretsError) return [error.message]
  if (error instanceof LocalAuthorityError) return [error.message]
  if (error instanceof CertificateFilesError) {
    return [
      error.message,
      'Give --tls-cert and --tls-key files that this user may read, and that belong together.',
    ]
  }
  if (error instanceof DataFolderInUseError) {
    return [error.message, 'Stop it first, or give this one a folder of its own with --data-dir.']
  }
  if (error instanceof DataFolderClosedError) {
    return [
      error.message,
      'Run Berth as the user whose folder it is, or give it one that this user may write with --data-dir.',
    ]
  }
  return explainSystemError(error) ?? unexpected(error)
}

function unexpected(error: unknown): readonly string[] {
  const whole = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return ['Something failed that should not; please report it with these lines:', whole]
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `berth: ${line}\n`).join('')
}
