import { ECSClient } from '@aws-sdk/client-ecs'
import { useMemo } from 'react'
import { clientConfig } from '../../api/use-clients.ts'
import { useSignedIn } from '../../session/session-context.tsx'

export function useEcs(): ECSClient {
  const { session } = useSignedIn()
  return useMemo(() => new ECSClient(clientConfig(session)), [session])
}

/** How often what runs is looked at, in ms. */
export const lookEvery = 4_000

/** The last part of an ARN, which is the name or the id of what it is of. */
export function nameIn(arn = ''): string {
  return arn.split('/').pop() ?? arn
}
