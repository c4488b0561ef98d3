import type { Config } from '../../src/config/config.ts'
import { quote } from '../shells/bash.ts'

/**
 * `berth trust` with everything said, so that it means the same to root, who has another environment: the very Node and program that run
 * now, and every setting that matters.
 */
export function trustCommandLine(
  config: Config,
  { also, address }: { readonly also: readonly string[]; readonly address?: string | undefined },
): string {
  const flags = { ...settingFlags(config), '--address': address }
  const further = also.length === 0 ? [] : ['--also', ...also]
  return asTyped([process.execPath, ...process.argv.slice(1, 2), 'trust', ...given(flags), ...further])
}

/** `berth serve` for the names that the machine is prepared for. */
export function serveCommandLine(config: Config): string {
  return asTyped(['berth', 'serve', '--tls-local', ...given(settingFlags(config))])
}

function settingFlags(config: Config): Readonly<Record<string, unknown>> {
  const { dataDir, accountId, region, host, tlsPort, registryHost, registryDomain } = config
  return {
    '--data-dir': dataDir,
    '--account-id': accountId,
    '--region': region,
    '--host': host === '127.0.0.1' ? undefined : host,
    '--tls-port': tlsPort,
    '--registry-host': registryHost,
    '--registry-domain':
      registryDomain === 'amazonaws.com' && registryHost === undefined ? undefined : registryDomain,
  }
}

function given(flags: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
}

function asTyped(words: readonly string[]): string {
  return words.map(quote).join(' ')
}
