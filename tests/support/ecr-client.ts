import { ECRClient } from '@aws-sdk/client-ecr'
import { exportedBy } from './berth-env.ts'
import type { BerthProcess } from './berth-process.ts'
import type { RegistryAccess } from './registry-client.ts'
import { basic, fetchPassword } from './registry-login.ts'

/** Who calls, and where; what isn't given is as `berth env` exports it. */
export interface Caller {
  readonly region?: string | undefined
  readonly accessKeyId?: string | undefined
  readonly secretAccessKey?: string | undefined
}

/** The official client, as somebody has it who did `eval "$(berth env)"`. It doesn't try anything twice. */
export async function ecrClientOf(berth: BerthProcess, caller: Caller = {}): Promise<ECRClient> {
  const env = await exportedBy(berth)
  return new ECRClient({
    endpoint: berth.url,
    region: caller.region ?? env.AWS_REGION ?? '',
    credentials: {
      accessKeyId: caller.accessKeyId ?? env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: caller.secretAccessKey ?? env.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
  })
}

/** A login to the registry of the client's account and region. */
export async function logIn(berth: BerthProcess, ecr: ECRClient): Promise<RegistryAccess> {
  return { url: berth.url, authorization: basic(await fetchPassword(ecr)) }
}
