import { RefusalError } from './refusal.ts'

/** Decodes bytes that must be UTF-8. @throws RefusalError malformed-input */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new RefusalError('malformed-input', 'The request body is not UTF-8', { cause })
  }
}
