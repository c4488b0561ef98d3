import { RefusalError } from '../refusal.ts'
import { decodeUtf8 } from '../utf8.ts'
import { checkJsonLimits } from './json-limits.ts'

/**
 * Parses a JSON body; an empty one counts as `{}`.
 *
 * @throws RefusalError malformed-input unless it is JSON in UTF-8, within limits
 */
export function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {}
  checkJsonLimits(body)
  const text = decodeUtf8(body)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RefusalError('malformed-input', 'The request body is not valid JSON', { cause })
  }
}
