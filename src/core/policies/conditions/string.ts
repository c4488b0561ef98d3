import { fits } from '../glob.ts'
import { filledIn } from './filled-in.ts'
import type { Compile } from './operators.ts'

/** The string operators; only `like` knows `*` and `?`. */
export const strings = {
  equal: comparison({ wildcards: false, fold: (text) => text }),
  equalIgnoringCase: comparison({ wildcards: false, fold: (text) => text.toLowerCase() }),
  like: comparison({ wildcards: true, fold: (text) => text }),
} satisfies Record<string, Compile>

function comparison(how: { readonly wildcards: boolean; readonly fold: (text: string) => string }): Compile {
  const { wildcards, fold } = how
  return (values, { variables }) => {
    const expected = values.map((value) => filledIn(value, { wildcards, variables }))
    return (actual, context) =>
      expected.some((fill) => {
        const pieces = fill(context)
        return pieces?.length === 0
          ? actual === ''
          : pieces !== undefined && fits(pieces.map(folded(fold)), fold(actual))
      })
  }
}

function folded(fold: (text: string) => string) {
  return <Piece>(piece: Piece) => (typeof piece === 'string' ? fold(piece) : piece)
}
