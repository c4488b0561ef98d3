import { useQuery } from '@tanstack/react-query'
import { useSignedIn } from '../session/session-context.tsx'

/** One answer of the API: kept by its key, region and caller, and asked for again now and then if `every` (ms) says so. */
export function useAnswer<Answer>(
  key: readonly unknown[],
  ask: () => Promise<Answer>,
  options: {
    readonly every?: (answer: Answer | undefined) => number | false
    readonly enabled?: boolean
  } = {},
) {
  const { session } = useSignedIn()
  const { every, enabled = true } = options
  return useQuery({
    queryKey: [session.accessKeyId, session.region, ...key],
    queryFn: ask,
    enabled,
    refetchInterval: ({ state }) => every?.(state.data) ?? false,
  })
}

/** As `useAnswer`, with undefined for what isn't there: a fault whose name ends in NotFoundException. */
export function useOptional<Answer>(key: readonly unknown[], ask: () => Promise<Answer>) {
  return useAnswer<Answer | null>(key, async () => {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Error && error.name.endsWith('NotFoundException')) return null
      throw error
    }
  })
}
