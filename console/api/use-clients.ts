import { ECRClient } from '@aws-sdk/client-ecr'
import { useMemo } from 'react'
import type { Session } from '../session/session.ts'
import { useSignedIn } from '../session/session-context.tsx'
import { callBerth } from './call-berth.ts'

/** What a client of AWS's SDK needs to speak to the Berth that this page comes from. */
export function clientConfig({ region, ...credentials }: Session) {
  return { endpoint: location.origin, region, credentials, maxAttempts: 2 }
}

export function useEcr(): ECRClient {
  const { session } = useSignedIn()
  return useMemo(() => new ECRClient(clientConfig(session)), [session])
}

/** Calls Berth's own operations as who is signed in. */
export function useBerth() {
  const { session } = useSignedIn()
  return useMemo(() => {
    const call: <Name extends Parameters<typeof callBerth>[1]>(
      name: Name,
      input: Parameters<typeof callBerth<Name>>[2],
    ) => ReturnType<typeof callBerth<Name>> = (name, input) => callBerth(session, name, input)
    return call
  }, [session])
}
