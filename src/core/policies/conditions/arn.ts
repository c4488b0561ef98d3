import { fitsArn } from '../arn-pattern.ts'
import { filledIn } from './filled-in.ts'
import type { Compile } from './operators.ts'

/** Each part of an ARN by itself, `*` and `?` in it; `ArnEquals` is the same as `ArnLike`. */
export const arnLike: Compile = (values, { variables }) => {
  const expected = values.map((value) => filledIn(value, { wildcards: true, variables }))
  return (actual, context) =>
    expected.some((fill) => {
      const pattern = fill(context)
      return pattern !== undefined && fitsArn(pattern, actual)
    })
}
