import { readFieldsFilter } from './fields-filter.ts'
import { readJsonFilter } from './json-filter.ts'
import type { LogFilter } from './log-filter.ts'
import { readTextFilter } from './text-filter.ts'

/**
 * Reads a filter pattern of CloudWatch Logs: `{...}` for messages that are JSON, `[...]` for fields between spaces, terms for all others;
 * an empty one lets everything through.
 *
 * @throws LogsParameterError
 * @see Amazon CloudWatch Logs user guide, "Filter pattern syntax"
 */
export function parseLogFilter(pattern: string): LogFilter {
  const text = pattern.trim()
  if (text.startsWith('{')) return readJsonFilter(text)
  return text.startsWith('[') ? readFieldsFilter(text) : readTextFilter(text)
}
