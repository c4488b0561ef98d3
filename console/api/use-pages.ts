import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSignedIn } from '../session/session-context.tsx'

/** A list that comes page by page: what came so far, and a way to more. */
export interface Pages<Item> {
  readonly items: readonly Item[]
  readonly isLoading: boolean
  readonly isRefreshing: boolean
  readonly error: unknown
  readonly hasMore: boolean
  readonly more: () => void
  readonly refresh: () => void
}

/** Reads a list of the API. `read` gets the token of the next page, which is undefined for the first. */
export function usePages<Item>(
  key: readonly unknown[],
  read: (nextToken: string | undefined) => Promise<{ items: readonly Item[]; nextToken: string | undefined }>,
  options: { readonly every?: number } = {},
): Pages<Item> {
  const { session } = useSignedIn()
  const query = useInfiniteQuery({
    queryKey: [session.accessKeyId, session.region, ...key],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
    refetchInterval: options.every ?? false,
  })
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    items,
    isLoading: query.isLoading || query.isFetchingNextPage,
    isRefreshing: query.isFetching,
    error: query.error,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    refresh: () => void query.refetch(),
  }
}
