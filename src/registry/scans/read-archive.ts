import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { type Entry, open, type ZipFile } from 'yauzl'

/** Bytes of the largest record that is read. */
const mostBytes = 64 * 1024 * 1024

/** What an archive is not: whole, or one at all. */
export class BrokenArchiveError extends Error {
  override readonly name = 'BrokenArchiveError'
}

/**
 * The text of each `.json` file in a zip archive, one at a time, and how many files the archive has. Names in it are never used as paths.
 *
 * @throws BrokenArchiveError
 */
export async function* readArchive(
  file: string,
): AsyncGenerator<{ readonly text: string; readonly of: number }> {
  const zip = await openArchive(file)
  try {
    for await (const entry of entriesOf(zip)) {
      if (!entry.fileName.endsWith('.json') || entry.uncompressedSize > mostBytes) continue
      yield { text: await textOf(zip, entry), of: zip.entryCount }
    }
  } finally {
    zip.close()
  }
}

async function openArchive(file: string): Promise<ZipFile> {
  try {
    return await promisify<string, object, ZipFile>(open)(file, { lazyEntries: true, autoClose: false })
  } catch (cause) {
    throw new BrokenArchiveError('This is no zip archive, or not a whole one', { cause })
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let left = zip.entryCount; left > 0; left -= 1) {
    const next = Promise.withResolvers<Entry | undefined>()
    const onEntry = (entry: Entry) => next.resolve(entry)
    const onEnd = () => next.resolve(undefined)
    const onError = (cause: unknown) =>
      next.reject(new BrokenArchiveError('The zip archive is broken', { cause }))
    zip.once('entry', onEntry).once('end', onEnd).once('error', onError)
    zip.readEntry()
    const entry = await next.promise
    zip.off('entry', onEntry).off('end', onEnd).off('error', onError)
    if (entry === undefined) return
    yield entry
  }
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const opened = Promise.withResolvers<NodeJS.ReadableStream>()
  zip.openReadStream(entry, (error, stream) => (error ? opened.reject(error) : opened.resolve(stream)))
  try {
    return (await buffer(await opened.promise)).toString('utf8')
  } catch (cause) {
    throw new BrokenArchiveError(`The file ${entry.fileName} in the zip archive is broken`, { cause })
  }
}
