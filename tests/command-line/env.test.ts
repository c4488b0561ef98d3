import { chmod, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { readSecrets } from '../../src/config/secrets.ts'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, startBerthProcess } from '../support/berth-process.ts'
import { type Outcome, runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Runs `berth env` where no `aws` is installed, unless a folder has one. */
function env(args: readonly string[], folderOfAws = ''): Promise<Outcome> {
  return runProgram(process.execPath, [BERTH, 'env', ...args], { env: { PATH: folderOfAws } })
}

test('the variables of a running Berth name its real port and its root key', async () => {
  await using berth = await startBerthProcess({ flags: ['--region', 'eu-west-2'] })
  const secrets = await readSecrets(berth.dataDir)
  expect(await exportedBy(berth)).toEqual({
    AWS_ENDPOINT_URL: berth.url,
    AWS_ACCESS_KEY_ID: secrets?.rootAccessKey,
    AWS_SECRET_ACCESS_KEY: secrets?.rootSecretKey,
    AWS_DEFAULT_REGION: 'eu-west-2',
    AWS_REGION: 'eu-west-2',
  })
})

test('with the local CA they lead to HTTPS and to the CA, and berth itself follows them', async () => {
  await using berth = await startBerthProcess({ flags: ['--tls-local', '--tls-port', '0'] })
  const variables = await exportedBy(berth)
  expect(variables.AWS_ENDPOINT_URL).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(variables.AWS_CA_BUNDLE).toBe(join(berth.dataDir, 'tls/local-ca.crt'))
  const status = await runProgram(process.execPath, [BERTH, 'status'], { env: variables })
  expect(status.stdout).toContain(`at ${variables.AWS_ENDPOINT_URL} since`)
})

test('a shell forgets the profile and the session that would lead it elsewhere', async () => {
  await using berth = await startBerthProcess()
  const { stdout } = await env(['--data-dir', berth.dataDir])
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_ECR']) {
    expect(stdout).toContain(`unset ${name};\n`)
  }
})

test.each(['--dev', '--root-access-key=test --root-secret-key=test'])(
  'the key that everybody knows needs no flag: %s',
  async (flags) => {
    await using berth = await startBerthProcess({ flags: flags.split(' ') })
    expect(await exportedBy(berth)).toMatchObject({
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    })
  },
)

test('a key that was given to the server has to be given again', async () => {
  const key = ['--root-access-key', 'GIVENKEY', '--root-secret-key', 'given-secret']
  await using berth = await startBerthProcess({ flags: key })
  const refused = await env(['--data-dir', berth.dataDir])
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toContain('berth env --root-access-key GIVENKEY --root-secret-key <its secret>')
  const { stdout } = await env(['--data-dir', berth.dataDir, ...key])
  expect(stdout).toContain('export AWS_SECRET_ACCESS_KEY=given-secret;')
})

test.each(['terminate', 'kill'] as const)('after the server has ended by %s, that is said', async (how) => {
  await using berth = await startBerthProcess()
  await berth[how]()
  const { stdout, stderr, exitCode } = await env(['--data-dir', berth.dataDir, '--port', '5000'])
  expect(exitCode).toBe(0)
  expect(stderr).toContain('no Berth runs on this data folder now')
  expect(stdout).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:5000;')
})

test('where Berth has never run, it says how to start it', async () => {
  await using folder = await temporaryFolder()
  const { stdout, stderr, exitCode } = await env(['--data-dir', folder.path])
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
  expect(stderr).toContain(`Berth has never run on the data folder ${folder.path}`)
  expect(stderr).toContain('npm start')
})

test.each([
  ['fish', "set -gx AWS_REGION 'us-east-1';"],
  ['powershell', "$env:AWS_REGION = 'us-east-1';"],
])('%s is spoken as well', async (shell, line) => {
  await using berth = await startBerthProcess()
  const { stdout } = await env(['--data-dir', berth.dataDir, '--shell', shell])
  expect(stdout).toContain(line)
})

test('its help tells of the settings that say where Berth is, and of no others', async () => {
  const { stdout } = await env(['--help'])
  expect(stdout).toContain('--tls-port')
  expect(stdout).not.toContain('--max-layer-size')
})

test('another shell is refused with those there are', async () => {
  const { stderr, exitCode } = await env(['--shell', 'tcsh'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('bash, fish, powershell')
})

test.each([
  ['aws-cli/2.9.19', 'any service'],
  ['aws-cli/1.45.11', 'SQS'],
])('%s, which takes no AWS_ENDPOINT_URL for %s, is wrapped, and that is said', async (name, services) => {
  await using berth = await startBerthProcess()
  await using folder = await temporaryFolder()
  const aws = join(folder.path, 'aws')
  await writeFile(aws, `#!/bin/sh\n[ "$1" = --version ] && echo ${name} || echo "called with $*"\n`)
  await chmod(aws, 0o755)
  const { stdout, stderr } = await env(['--data-dir', berth.dataDir], folder.path)
  expect(stderr).toContain(`${name} takes no AWS_ENDPOINT_URL for ${services}`)
  const path = [folder.path, process.env.PATH].join(delimiter)
  const typed = await runProgram('bash', ['-c', `${stdout} aws ecr describe-registry`], {
    env: { PATH: path },
  })
  expect(typed.stdout).toBe(`called with --endpoint-url ${berth.url} ecr describe-registry\n`)
})
