import type { ClientSettings } from './client-settings.ts'
import type { Shell } from './shells/shell.ts'

/** Variables that would lead AWS clients past the ones exported here. */
const disturbing = [
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ENDPOINT_URL_ECR',
  'AWS_ENDPOINT_URL_STS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
] as const

/** Statements after which AWS clients of the shell talk to this Berth. */
export function environmentLines(settings: ClientSettings, shell: Shell): readonly string[] {
  const exported = {
    AWS_ENDPOINT_URL: settings.endpoint,
    AWS_ACCESS_KEY_ID: settings.accessKeyId,
    AWS_SECRET_ACCESS_KEY: settings.secretAccessKey,
    AWS_DEFAULT_REGION: settings.region,
    AWS_REGION: settings.region,
    ...(settings.caFile === undefined ? {} : { AWS_CA_BUNDLE: settings.caFile }),
  }
  return [
    ...Object.entries(exported).map(([name, value]) => shell.export(name, value)),
    ...disturbing.map((name) => shell.unset(name)),
  ]
}
