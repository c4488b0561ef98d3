import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { explainSystemError } from './explain-system-error.ts'

test.each([
  [{ code: 'EACCES', syscall: 'listen', port: 80 }, 'This user may not listen on port 80', '--port'],
  [
    { code: 'EACCES', syscall: 'listen', port: 443 },
    'This user may not listen on port 443',
    '--tls-port for HTTPS; on Linux, `sudo sysctl net.ipv4.ip_unprivileged_port_start=443`',
  ],
  [
    { code: 'EACCES', syscall: 'open', path: '/srv/berth/lock' },
    "/srv/berth/lock can't be used",
    '--data-dir',
  ],
  [{ code: 'EROFS', syscall: 'mkdir', path: '/srv/berth' }, "/srv/berth can't be used", '--data-dir'],
  [{ code: 'ENOENT', syscall: 'mkdir', path: '/srv/link' }, "/srv/link can't be used", '--data-dir'],
  [{ code: 'ENOSPC', syscall: 'write' }, 'The disk is full', '--data-dir'],
  [{ code: 'ENOTFOUND', hostname: 'nowhere' }, 'No machine is known as nowhere', '--database'],
  [{ code: '28P01', severity: 'FATAL' }, 'The database refused: said so', 'password'],
  [{ code: '3D000', severity: 'FATAL' }, 'The database refused: said so', 'database name'],
])('%j is told with what to do', (facts, problem, advice) => {
  const error = Object.assign(new Error('said so'), facts)
  expect(explainSystemError(error)?.[0]).toContain(problem)
  expect(explainSystemError(error)?.[1]).toContain(advice)
})

test('what the system really says is understood', async () => {
  const error = await readFile(import.meta.dirname).catch((reason: unknown) => reason)
  expect(explainSystemError(error)?.[0]).toContain("can't be used (EISDIR)")
})

test.each([new Error('no code'), Object.assign(new Error(), { code: 'ESOMETHING' }), undefined, 'text'])(
  'of %s it knows nothing',
  (error) => {
    expect(explainSystemError(error)).toBeUndefined()
  },
)
