import { readFile } from 'node:fs/promises'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import type { ConsoleFile } from './console-files.ts'
import { consoleHeaders } from './console-headers.ts'

const forever = 'public, max-age=31536000, immutable'
const askAgain = 'no-cache'

/** Sends a file in the best encoding that the client takes, or says that it has it already. `isNamedByHash`: it never changes. */
export async function sendFile(
  { headers }: HttpRequest,
  file: ConsoleFile,
  isNamedByHash: boolean,
): Promise<HttpResponse> {
  const accepted = String(headers['accept-encoding'] ?? '')
  const [encoding, path] = [...file.encoded].find(([name]) => accepts(accepted, name)) ?? [
    undefined,
    file.path,
  ]
  const etag = `"${file.etag}${encoding === undefined ? '' : `-${encoding}`}"`
  const common = {
    ...consoleHeaders,
    etag,
    vary: 'accept-encoding',
    'cache-control': isNamedByHash ? forever : askAgain,
  }
  if (headers['if-none-match']?.includes(etag)) return { status: 304, headers: common }
  const described = {
    'content-type': file.type,
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  }
  return { status: 200, headers: { ...common, ...described }, body: await readFile(path) }
}

/** Whether an Accept-Encoding header names an encoding, and doesn't forbid it by a quality of zero (RFC 9110, section 12.5.3). */
function accepts(header: string, encoding: string): boolean {
  return header
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*q=/))
    .some(([name, quality = '1']) => name === encoding && Number(quality) > 0)
}
