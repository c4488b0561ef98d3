import { InvalidRequestError } from '../core/errors.ts'
import { BodyCutShortError } from '../core/images/upload-errors.ts'

/**
 * Passes on what a client sends, as it comes, and holds the client to the length it gave, if it gave one, and to
 * `most` bytes whatever it says.
 *
 * @throws BodyCutShortError when the client's stream breaks, or ends before `length` bytes
 * @throws InvalidRequestError as soon as there are more than `length` bytes; none of the surplus is passed on
 * @throws `excess()` as soon as there are more than `most` bytes
 */
export async function* bodyOfLength(
  body: AsyncIterable<Uint8Array>,
  length: number | undefined,
  { most, excess }: { readonly most: number; readonly excess: () => Error },
): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0
  for await (const bytes of unbroken(body)) {
    received += bytes.byteLength
    if (length !== undefined && received > length) {
      throw new InvalidRequestError(
        `The request body is longer than the ${length} bytes it was declared to have`,
      )
    }
    if (received > most) throw excess()
    yield bytes
  }
  if (length !== undefined && received < length) throw new BodyCutShortError()
}

async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body
  } catch (cause) {
    throw cause instanceof BodyCutShortError ? cause : new BodyCutShortError({ cause })
  }
}
