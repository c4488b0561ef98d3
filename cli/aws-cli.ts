import { spawnSync } from 'node:child_process'

/** The services that an aws command line asks at amazonaws.com, whatever AWS_ENDPOINT_URL says. */
export type PassedBy = 'any service' | 'SQS' | undefined

/**
 * For what an aws command line of this version takes no AWS_ENDPOINT_URL. Version 1 reads it from 1.29 on, version 2 from 2.13
 * on (Debian 12 has an older one), and version 1 goes to a host name of its own for SQS.
 *
 * @param version what `aws --version` prints, such as `aws-cli/2.9.19 Python/3.11.2 ...`
 * @see aws-cli 1.x, awscli/customizations/overridesslcommonname.py
 */
export function passesEndpointVariableBy(version: string): PassedBy {
  const [, major = '', minor = ''] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? []
  if (major === '1') return Number(minor) >= 29 ? 'SQS' : 'any service'
  return major === '2' && Number(minor) < 13 ? 'any service' : undefined
}

/** What the `aws` on the path says of its version; empty when there is none. */
export function awsCliVersion(): string {
  return spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? ''
}
