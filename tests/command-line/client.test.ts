import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { type Outcome, outputOf, type RunOptions, runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let berth: BerthProcess
beforeAll(async () => {
  berth = await startBerthProcess({ flags: ['--region', 'eu-west-2'] })
})
afterAll(() => berth[Symbol.asyncDispose]())

function status(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return runProgram(process.execPath, [BERTH, 'status', ...args], options)
}

describe('a command over the API', () => {
  test('finds its Berth by the data folder', async () => {
    const { stdout, exitCode } = await status(['--data-dir', berth.dataDir])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`at ${berth.url} since `)
    expect(stdout).toContain('Account    000000000000, region eu-west-2\n')
  })

  test('finds its Berth by the variables of a shell', async () => {
    await using elsewhere = await temporaryFolder()
    const { stdout } = await status([], { env: await exportedBy(berth), cwd: elsewhere.path })
    expect(stdout).toContain(`at ${berth.url} since `)
  })

  test('takes a data folder that is named over the variables', async () => {
    await using other = await startBerthProcess()
    const { stdout } = await status(['--data-dir', other.dataDir], { env: await exportedBy(berth) })
    expect(stdout).toContain(`at ${other.url} since `)
  })

  test('prints JSON for machines', async () => {
    const printed = await outputOf(process.execPath, [BERTH, 'status', '--data-dir', berth.dataDir, '--json'])
    expect(JSON.parse(printed)).toMatchObject({
      accountId: '000000000000',
      database: 'sqlite',
      imageCount: 0,
      registryHost: berth.host,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      storage: { blobCount: 0, blobBytes: 0 },
    })
  })

  test('says how to start a Berth where none runs', async () => {
    await using folder = await temporaryFolder()
    const stopped = await startBerthProcess({ dataDir: folder.path })
    await stopped.terminate()
    const { stderr, stdout, exitCode } = await status(['--data-dir', folder.path])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain(`No Berth runs on the data folder ${folder.path}`)
    expect(stderr).toContain('berth serve')
  })

  test('says where an address comes from that nobody answers at', async () => {
    const env = { ...(await exportedBy(berth)), AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { stderr, exitCode } = await status([], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('No Berth answers at http://127.0.0.1:1')
    expect(stderr).toContain('AWS_ENDPOINT_URL')
  })

  test.each([
    [{ AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' }, 'UnrecognizedClientException'],
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, 'InvalidSignatureException'],
  ])('says with which key it was refused: %j', async (wrong, code) => {
    const env: Readonly<Record<string, string>> = { ...(await exportedBy(berth)), ...wrong }
    const { stderr, exitCode } = await status([], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`(${code})`)
    expect(stderr).toContain(`The access key ${env.AWS_ACCESS_KEY_ID} comes from the variables`)
  })

  test.each(['<html>', '[]', '{}', '{"version": 1}'])('knows a stranger that answers %s', async (body) => {
    const stranger = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1')
    await using _closing = { [Symbol.asyncDispose]: async () => void stranger.close() }
    await new Promise((resolve) => stranger.once('listening', resolve))
    const address = stranger.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const env = { ...(await exportedBy(berth)), AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }
    const { stderr, exitCode } = await status([], { env })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('is no Berth of this version (status 200)')
  })

  test('refuses an address that is none', async () => {
    const env = { ...(await exportedBy(berth)), AWS_ENDPOINT_URL: 'localhost:4566' }
    expect((await status([], { env })).stderr).toContain('AWS_ENDPOINT_URL is no URL: localhost:4566')
  })
})
