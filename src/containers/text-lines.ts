/**
 * The lines of a text that comes in pieces, without their ends.
 *
 * @param longest characters after which a line is cut, whether it ends or not, so that no text takes more memory
 * @param isWhole whether the last line is one without an end, too; otherwise it goes on elsewhere
 */
export async function* textLines(
  pieces: AsyncIterable<Uint8Array>,
  longest: number,
  isWhole = true,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  for await (const piece of pieces) {
    waiting += decoder.decode(piece, { stream: true })
    const lines = waiting.split('\n')
    waiting = lines.pop() ?? ''
    yield* lines
    if (waiting.length < longest) continue
    yield waiting
    waiting = ''
  }
  if (isWhole && waiting !== '') yield waiting
}
