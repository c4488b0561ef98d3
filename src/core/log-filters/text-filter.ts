import type { LogFilter } from './log-filter.ts'
import { Scanner, takeQuoted } from './scanner.ts'

interface Term {
  readonly kind: 'wanted' | 'unwanted' | 'optional'
  readonly text: string
}

/**
 * Terms that a message has, all of them, as they are written: `ERROR "not found"`. `-term` is one that it hasn't. Of `?term`s it has at
 * least one; beside others they count for nothing.
 *
 * @throws LogsParameterError
 * @see Amazon CloudWatch Logs user guide, "Using filter patterns to match terms in unstructured log events"
 */
export function readTextFilter(pattern: string): LogFilter {
  const terms = readTerms(new Scanner(pattern))
  const of = (kind: Term['kind']) => terms.filter((term) => term.kind === kind).map(({ text }) => text)
  const [wanted, unwanted, optional] = [of('wanted'), of('unwanted'), of('optional')]
  if (terms.length > 0 && optional.length === terms.length) {
    return (message) => optional.some((text) => message.includes(text))
  }
  return (message) =>
    wanted.every((text) => message.includes(text)) && !unwanted.some((text) => message.includes(text))
}

function readTerms(scanner: Scanner): Term[] {
  const terms: Term[] = []
  while (!scanner.isAtEnd) {
    const mark = scanner.take(/[?-]/)
    if (scanner.take(/%/) !== undefined) throw scanner.mistake('regular expressions are not offered by Berth')
    const text = takeQuoted(scanner) ?? scanner.expect(/[^\s"]+/, 'a term or a closing quotation mark')
    terms.push({ kind: mark === '?' ? 'optional' : mark === '-' ? 'unwanted' : 'wanted', text })
  }
  return terms
}
