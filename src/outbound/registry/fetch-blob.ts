import type { OutboundResponse } from '../outbound-request.ts'
import { checkAnswer } from './check-answer.ts'
import { refuseEncoding } from './fetch-manifest.ts'
import { RegistryFailedError } from './registry-errors.ts'
import type { RegistrySession } from './registry-session.ts'

/**
 * Begins to get a blob whose length is known. Read the body of the answer to its end, or dispose of the answer.
 *
 * @throws {RegistryAnswerError} also for another length {@link OutboundError}
 */
export async function fetchBlob(
  session: RegistrySession,
  wanted: {
    readonly repository: string
    readonly digest: string
    readonly size: number
    readonly now: Date
    readonly signal?: AbortSignal | undefined
  },
): Promise<OutboundResponse> {
  const { repository, digest, size, now, signal } = wanted
  const path = `/v2/${repository}/blobs/${digest}`
  const answer = await session.send({ method: 'GET', path, repository, maxBytes: size, signal })
  try {
    checkAnswer(answer, now)
    refuseEncoding(answer)
    refuseOtherLength(answer, size)
    return answer
  } catch (error) {
    await answer[Symbol.asyncDispose]()
    throw error
  }
}

function refuseOtherLength({ headers, url }: OutboundResponse, size: number): void {
  const length = headers['content-length']
  if (length === undefined || Number(length) === size) return
  throw new RegistryFailedError(`${url.host} announced ${length} bytes of a blob of ${size}`)
}
