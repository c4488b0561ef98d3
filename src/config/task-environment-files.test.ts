import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { parseS3Object } from '../core/ecs/environment-file.ts'
import { EnvironmentFileError, taskEnvironmentFiles } from './task-environment-files.ts'

function object(place: string) {
  const found = parseS3Object(`arn:aws:s3:::${place}`)
  if (found === undefined) throw new RangeError(`${place} is no object`)
  return found
}

test('an object is a file below the folder of its bucket, and nothing else', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'team/web'), { recursive: true })
  await mkdir(join(folder.path, 'others'))
  await writeFile(join(folder.path, 'team/web/prod.env'), 'NAME=web')
  await writeFile(join(folder.path, 'others/secret.env'), 'NAME=secret')
  await symlink('../others/secret.env', join(folder.path, 'team/link.env'))
  const find = taskEnvironmentFiles(folder.path)
  expect(await find(object('team/web/prod.env'))).toBe('NAME=web')
  for (const place of [
    'team/none.env',
    'none/prod.env',
    'team/web',
    'team/../others/secret.env',
    'team/link.env',
    'team/\0.env',
  ]) {
    expect(await find(object(place)), place).toBeUndefined()
  }
  expect(await taskEnvironmentFiles(undefined)(object('team/web/prod.env'))).toBeUndefined()
})

test('a file that is too large for one is refused', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'team'))
  await writeFile(join(folder.path, 'team/large.env'), Buffer.alloc(1024 * 1024 + 1, 'x'))
  await expect(taskEnvironmentFiles(folder.path)(object('team/large.env'))).rejects.toThrow(
    EnvironmentFileError,
  )
})
