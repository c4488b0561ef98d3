/** Characters of a line that is put before it has ended. */
const longestLine = 64 * 1024

/**
 * Hands output on as it comes, and puts it line by line somewhere else besides: nothing more is handed on than what was put before.
 *
 * @param put whatever it rejects with ends the output
 */
export async function* recordOutput(
  output: AsyncIterable<Buffer>,
  put: (lines: readonly string[]) => Promise<void>,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder()
  let open = ''
  try {
    for await (const chunk of output) {
      const lines = `${open}${decoder.decode(chunk, { stream: true })}`.split(/\r?\n/)
      open = lines.pop() ?? ''
      if (open.length > longestLine) lines.push(open)
      if (open.length > longestLine) open = ''
      if (lines.length > 0) await put(lines)
      yield chunk
    }
  } finally {
    if (open !== '') await put([open])
  }
}
