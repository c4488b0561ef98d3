import { hasCode } from '../src/core/error-code.ts'
import { CliError } from './cli-error.ts'
import type { Connection } from './connection.ts'

/** What to do about an error that Berth answered with. */
const advice: Readonly<Record<string, (connection: Connection) => string>> = {
  UnrecognizedClientException: wrongKey,
  InvalidSignatureException: wrongKey,
  UnknownOperationException: ({ endpoint }) =>
    `The Berth at ${endpoint} is of an earlier version, or runs without the --dev that moving the clock needs, or something else listens there.`,
  ImageNotFoundException: () =>
    'Deleted images are kept for the grace period: `berth history <repository> --deleted` lists them.',
  LifecyclePolicyNotFoundException: () =>
    '`berth lifecycle <repository> --try <file>` tells what a policy would do, `aws ecr put-lifecycle-policy` puts one in force.',
  RepositoryNotFoundException: ({ region }) =>
    `\`aws ecr describe-repositories\` lists the repositories of ${region}.`,
}

/** An error that Berth answered with, for the user of a command. */
export function explainFault(
  fault: { readonly code: string; readonly message: string },
  connection: Connection,
): CliError {
  return new CliError(`${fault.message} (${fault.code})`, advice[fault.code]?.(connection))
}

/** What a call says that nobody answered. */
export function explainUnreachable(error: unknown, { endpoint, source }: Connection): CliError {
  return new CliError(
    `No Berth answers at ${endpoint} (${reasonOf(error)})`,
    `That address comes from ${source}. Check that Berth runs there.`,
    { cause: error },
  )
}

/** An answer that no Berth of this version gives. */
export function explainStranger({ status }: Response, { endpoint, source }: Connection): CliError {
  return new CliError(
    `What answers at ${endpoint} is no Berth of this version (status ${status})`,
    `That address comes from ${source}.`,
  )
}

/** `fetch` says only that it failed; the reason is the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT']) {
    if (hasCode(cause, code)) return code
  }
  const told = cause ?? error
  return told instanceof Error ? told.message : String(told)
}

function wrongKey({ accessKeyId, source }: Connection): string {
  return `The access key ${accessKeyId} comes from ${source}; \`eval "$(berth env --data-dir <its folder>)"\` sets the one of a running Berth.`
}
