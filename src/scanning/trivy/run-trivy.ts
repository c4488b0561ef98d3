import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Trivy's own limit for one image; it is killed some time after. */
const minutes = 15

/** What Trivy would else tell its makers with each scan, and ask them. @see Trivy documentation, "Usage Telemetry" */
const withoutTalk = { TRIVY_DISABLE_TELEMETRY: 'true', TRIVY_SKIP_VERSION_CHECK: 'true' }

/** Trivy isn't there, or ended without a report; the message has its last words. */
export class TrivyFailedError extends Error {
  override readonly name = 'TrivyFailedError'
}

export interface TrivyOptions {
  /** With the PATH by which Trivy is found, and what Trivy itself looks for: TRIVY_CACHE_DIR, a proxy. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

/**
 * Has Trivy scan an image that lies in a folder, and resolves to its report.
 *
 * @throws TrivyFailedError, the signal's reason
 * @see Trivy documentation, "Container Image": OCI layout; "Reporting": JSON
 */
export async function scanByTrivy(layout: string, options: TrivyOptions): Promise<unknown> {
  const flags = ['--input', layout, '--format', 'json', '--scanners', 'vuln', '--quiet']
  return runTrivy(['image', ...flags, '--timeout', `${minutes}m`], options)
}

/** When Trivy's database was last updated; undefined when it doesn't say. @throws TrivyFailedError, the signal's reason */
export async function trivyDatabaseDate(options: TrivyOptions): Promise<Date | undefined> {
  const answer = await runTrivy(['version', '--format', 'json'], options)
  const database = memberOf(answer, 'VulnerabilityDB')
  const date = new Date(String(memberOf(database, 'UpdatedAt')))
  return Number.isNaN(date.getTime()) ? undefined : date
}

function memberOf(value: unknown, name: string): unknown {
  const members: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {}
  return members[name]
}

/** Resolves to the JSON that it prints. */
async function runTrivy(args: readonly string[], { env, signal }: TrivyOptions): Promise<unknown> {
  signal.throwIfAborted()
  const limit = AbortSignal.any([signal, AbortSignal.timeout((minutes + 1) * 60_000)])
  const child = spawn('trivy', args, {
    env: { ...withoutTalk, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: limit,
    killSignal: 'SIGKILL',
  })
  try {
    const [output, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    if (code !== 0) throw new Error(`it ended with status ${code}: ${complaints.slice(-2_000)}`)
    return JSON.parse(output)
  } catch (cause) {
    signal.throwIfAborted()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new TrivyFailedError(`Trivy has given no report: ${why}`, { cause })
  }
}
