import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { taskEnvironmentFiles } from '../config/task-environment-files.ts'
import { taskSecrets } from '../config/task-secrets.ts'
import { sampleTask } from '../core/ecs/testing/sample-task.ts'
import { ContainerError } from './engine.ts'
import { readEnvironmentFiles } from './read-environment-files.ts'
import { readSecret } from './read-secret.ts'

const task = sampleTask([])
const { account } = task.cluster
const who = { account, arn: `arn:aws:iam::${account}:root`, userId: account }
const tellsWhere = "what Berth's operator keeps can't be read; its log says why"

test('a task fails whose secrets nobody can read, and the log says why', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'secrets.json')
  const { work, logged } = readingWith(path)
  const read = () => readSecret(work, { valueFrom: '/db/password', task, who })
  await expect(read()).rejects.toThrow(ContainerError)
  await writeFile(path, '{"/db/password": "open')
  await expect(read()).rejects.toThrow(tellsWhere)
  expect(logged).toEqual(['TaskSecretsError', 'TaskSecretsError'])
  await writeFile(path, '{"/db/password": "sesame"}')
  expect(await read()).toBe('sesame')
})

test('a task fails whose environment file is too large, and the log says why', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'bucket'))
  await writeFile(join(folder.path, 'bucket/app.env'), `A=${'a'.repeat(1024 * 1024)}`)
  const { work, logged } = readingWith(folder.path)
  const environmentFiles = [{ type: 's3', value: 'arn:aws:s3:::bucket/app.env' }] as const
  const [container] = sampleTask([undefined]).containers
  if (container === undefined) throw new Error('A sample task has a container for each image')
  const definition = { ...container.definition, environmentFiles }
  const read = readEnvironmentFiles(work, task, { ...container, definition }, who)
  await expect(read).rejects.toThrow(ContainerError)
  await expect(read).rejects.toThrow(tellsWhere)
  expect(logged).toEqual(['EnvironmentFileError'])
})

/** Whoever asks may read what lies at a path. */
function readingWith(path: string) {
  const logged: (string | undefined)[] = []
  const work = {
    authoriser: { decide: async () => ({ allowed: true, by: 'root' }) as const },
    findSecret: taskSecrets(path, account),
    findEnvironmentFile: taskEnvironmentFiles(path),
    onError: (error: unknown) => void logged.push(error instanceof Error ? error.name : undefined),
  }
  return { work, logged }
}
