import { open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { S3Object } from '../core/ecs/environment-file.ts'

/** Bytes of an environment file. */
const largestFile = 1024 * 1024

/** An environment file that is too large to be one. */
export class EnvironmentFileError extends Error {
  override readonly name = 'EnvironmentFileError'
  constructor({ arn }: S3Object) {
    super(`The environment file '${arn}' has more than ${largestFile} bytes`)
  }
}

/**
 * Finds what AWS keeps in S3: objects of a bucket are files below the folder of its name in `folder`, read each time. What a key or a link
 * leads to outside of the bucket's folder is not there.
 *
 * @throws EnvironmentFileError
 */
export function taskEnvironmentFiles(folder: string | undefined) {
  return async (object: S3Object): Promise<string | undefined> => {
    if (folder === undefined) return undefined
    try {
      const bucket = await realpath(join(folder, object.bucket))
      const path = await realpath(join(bucket, object.key))
      return path.startsWith(bucket + sep) ? await read(path, object) : undefined
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }
}

async function read(path: string, object: S3Object): Promise<string | undefined> {
  await using file = await open(path)
  const stat = await file.stat()
  if (!stat.isFile()) return undefined
  if (stat.size > largestFile) throw new EnvironmentFileError(object)
  return file.readFile('utf8')
}

function isMissing(error: unknown): boolean {
  const { code } = error instanceof Error && 'code' in error ? error : { code: undefined }
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_INVALID_ARG_VALUE'].some((one) => one === code)
}
