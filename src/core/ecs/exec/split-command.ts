import { EcsInvalidParameterError } from '../errors.ts'

const word = /\s*((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)\s*/y

/**
 * A command line as the words that it is made of, by a shell's rules for quotes; nothing in it is expanded.
 *
 * @throws EcsInvalidParameterError for none, and for a quote that doesn't end
 */
export function splitCommand(line: string): readonly string[] {
  const words: string[] = []
  const reader = new RegExp(word)
  while (reader.lastIndex < line.length) {
    const found = reader.exec(line)?.[1]
    if (found === undefined) {
      throw new EcsInvalidParameterError('The command is empty, or a quote in it does not end.')
    }
    words.push(found.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, unquote))
  }
  if (words.length > 0) return words
  throw new EcsInvalidParameterError('The command is empty, or a quote in it does not end.')
}

function unquote(_whole: string, double?: string, single?: string, escaped?: string): string {
  if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, '$1')
  return single ?? escaped ?? ''
}
