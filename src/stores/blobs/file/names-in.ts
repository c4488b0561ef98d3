import type { Dir } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { isNotFound } from './file-errors.ts'

/** Names held at once, whatever the size of the folder. */
const portion = 256

/** The names in a folder, in portions and no order; none where there is no such folder. What comes or goes meanwhile may be missed. */
export async function* namesIn(folder: string): AsyncGenerator<readonly string[], void, undefined> {
  const opened = await openIfThere(folder)
  if (opened === undefined) return
  let names: string[] = []
  for await (const { name } of opened) {
    names.push(name)
    if (names.length < portion) continue
    yield names
    names = []
  }
  if (names.length > 0) yield names
}

async function openIfThere(folder: string): Promise<Dir | undefined> {
  try {
    return await opendir(folder, { bufferSize: portion })
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
