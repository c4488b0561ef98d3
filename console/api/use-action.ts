import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNotices } from '../app/notices.tsx'

/** Something that changes the world: says so when it is done, and has everything shown be read again. */
export function useAction<Input>(
  act: (input: Input) => Promise<unknown>,
  options: { readonly done?: (input: Input) => string; readonly after?: () => void } = {},
) {
  const queries = useQueryClient()
  const notices = useNotices()
  return useMutation({
    mutationFn: act,
    onSuccess: async (_answer, input) => {
      options.after?.()
      if (options.done !== undefined) notices.tell(options.done(input))
      await queries.invalidateQueries()
    },
  })
}
