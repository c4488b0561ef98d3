import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { regionOfLink } from './regions.ts'
import { keepSession, keptSession, type Session } from './session.ts'

interface SignedIn {
  readonly session: Session
  readonly changeRegion: (region: string) => void
  readonly signOut: () => void
}

const SignedInContext = createContext<SignedIn | undefined>(undefined)

/** Who is signed in. @throws Error outside of what `SessionProvider` shows to them */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext)
  if (signedIn === undefined) throw new Error('Nobody is signed in')
  return signedIn
}

/** Shows `children` to whoever is signed in, and `signIn` to everybody else. */
export function SessionProvider(props: {
  readonly children: ReactNode
  readonly signIn: (begin: (session: Session) => void) => ReactNode
}): ReactNode {
  const [session, setSession] = useState(sessionOfTab)
  const begin = useCallback((next: Session | undefined) => {
    keepSession(sessionStorage, next)
    setSession(next)
  }, [])
  const signedIn = useMemo(
    () =>
      session && {
        session,
        changeRegion: (region: string) => begin({ ...session, region }),
        signOut: () => begin(undefined),
      },
    [session, begin],
  )
  if (signedIn === undefined) return props.signIn(begin)
  return <SignedInContext value={signedIn}>{props.children}</SignedInContext>
}

function sessionOfTab(): Session | undefined {
  const kept = keptSession(sessionStorage)
  return kept && { ...kept, region: regionOfLink(location.search) ?? kept.region }
}
