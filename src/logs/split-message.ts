/** Bytes of the longest message of one event. @see Amazon CloudWatch Logs user guide, "CloudWatch Logs quotas" */
export const longestMessage = 256 * 1024

/** A message in pieces that fit an event, none of them cut within a character; none of an empty one. */
export function splitMessage(message: string): string[] {
  if (message === '') return []
  // No character of UTF-16 has more than three bytes in UTF-8.
  if (message.length * 3 <= longestMessage || Buffer.byteLength(message) <= longestMessage) return [message]
  const bytes = Buffer.from(message)
  const pieces: string[] = []
  for (let begin = 0; begin < bytes.length; ) {
    const end = endOfPiece(bytes, begin)
    pieces.push(bytes.toString('utf8', begin, end))
    begin = end
  }
  return pieces
}

/** Steps back from the middle of a character to its beginning. */
function endOfPiece(bytes: Buffer, begin: number): number {
  let end = Math.min(begin + longestMessage, bytes.length)
  while (end < bytes.length && (bytes[end] ?? 0) >> 6 === 0b10) end--
  return end
}
