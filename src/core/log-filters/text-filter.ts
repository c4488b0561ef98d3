import type { LogFilter } from './log-filter.ts'
import { Scanner, takeQuoted } from './scanner.ts'

interface Term {
  readonly kind: 'wanted' | 'unwanted' | 'optional'
  readonly fits: LogFilter
}

/**
 * Terms that a message has, all of them, as they are written or as a regular expression says: `ERROR "not found" %5\\d\\d%`. `-term` is one that it hasn't. Of `?term`s it has at
 * least one; beside others they count for nothing.
 *
 * @throws LogsParameterError
 * @see Amazon CloudWatch Logs user guide, "Using filter patterns to match terms in unstructured log events"
 */
export function readTextFilter(pattern: string): LogFilter {
  const terms = readTerms(new Scanner(pattern))
  const of = (kind: Term['kind']) => terms.filter((term) => term.kind === kind).map(({ fits }) => fits)
  const [wanted, unwanted, optional] = [of('wanted'), of('unwanted'), of('optional')]
  if (terms.length > 0 && optional.length === terms.length) {
    return (message) => optional.some((fits) => fits(message))
  }
  return (message) => wanted.every((fits) => fits(message)) && !unwanted.some((fits) => fits(message))
}

function readTerms(scanner: Scanner): Term[] {
  const terms: Term[] = []
  while (!scanner.isAtEnd) {
    const mark = scanner.take(/[?-]/)
    const kind = mark === '?' ? 'optional' : mark === '-' ? 'unwanted' : 'wanted'
    terms.push({ kind, fits: scanner.takeExpression() ?? takeText(scanner) })
  }
  return terms
}

function takeText(scanner: Scanner): LogFilter {
  const text = takeQuoted(scanner) ?? scanner.expect(/[^\s"]+/, 'a term or a closing quotation mark')
  return (message) => message.includes(text)
}
