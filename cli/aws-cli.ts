import { spawnSync } from 'node:child_process'

/**
 * Whether an aws command line of this version reads AWS_ENDPOINT_URL: version 1 from 1.29 on, version 2 from 2.13 on.
 * Debian 12 has an older one.
 *
 * @param version what `aws --version` prints, such as `aws-cli/2.9.19 Python/3.11.2 ...`
 */
export function readsEndpointVariable(version: string): boolean {
  const [, major = '', minor = ''] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? []
  return Number(minor) >= (major === '1' ? 29 : 13) || Number(major) > 2 || major === ''
}

/** What the `aws` on the path says of its version; empty when there is none. */
export function awsCliVersion(): string {
  return spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? ''
}
