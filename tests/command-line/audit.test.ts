import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AuditEvent } from '../../src/services/berth/shapes.ts'
import { askQuery, type Parameters } from '../support/ask-query.ts'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushImage } from '../support/push-image.ts'
import { basic } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

/** An event as `--json` prints it. */
type Printed = Omit<AuditEvent, 'eventTime'> & { readonly eventTime: string }

const dev = 'arn:aws:iam::000000000000:user/dev'
const devPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'ecr:Describe*', Resource: '*' },
    { Sid: 'NoDeleting', Effect: 'Deny', Action: 'ecr:DeleteRepository', Resource: '*' },
  ],
}

let berth: BerthProcess
let everything: readonly Printed[]

beforeAll(async () => {
  berth = await startBerthProcess({ flags: ['--dev', '--audit-retention', '30d', '--audit-reads', 'off'] })
  const ecr = await ecrClientOf(berth)
  for (const repositoryName of ['team/app', 'team/other'])
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  await pushImage(await logIn(berth, ecr), 'team/app', 'v1', randomImage(new SeededRandom('audit')))
  await beDenied(await devClient())
  const wrong = await fetch(`${berth.url}/v2/`, { headers: { authorization: basic('guess') } })
  expect(wrong.status).toBe(401)
  everything = await vi.waitFor(allWritten, { timeout: 30_000, interval: 200 })
})
afterAll(() => berth?.[Symbol.asyncDispose]())

/** Three denials and one guess. */
async function allWritten(): Promise<readonly Printed[]> {
  const found = await audit()
  expect(found.filter(({ outcome }) => outcome !== 'success')).toHaveLength(4)
  return found
}

/** A user who may look, and is told not to delete. */
async function devClient(): Promise<ECRClient> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = await exportedBy(berth)
  const root = { AccessKeyId: AWS_ACCESS_KEY_ID, SecretAccessKey: AWS_SECRET_ACCESS_KEY }
  const port = Number(new URL(berth.url).port)
  const iam = (action: string, parameters: Parameters) =>
    askQuery({ port }, root, ['iam', action, parameters])
  await iam('CreateUser', { UserName: 'dev' })
  const PolicyDocument = JSON.stringify(devPolicy)
  await iam('PutUserPolicy', { UserName: 'dev', PolicyName: 'looking', PolicyDocument })
  const { result } = await iam('CreateAccessKey', { UserName: 'dev' })
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = result.AccessKey
  return ecrClientOf(berth, { accessKeyId, secretAccessKey })
}

async function beDenied(client: ECRClient): Promise<void> {
  await client.send(new DescribeRepositoriesCommand({}))
  for (const repositoryName of ['team/app', 'team/other'])
    await expect(client.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toThrow(
      'explicit deny',
    )
  await expect(client.send(new CreateRepositoryCommand({ repositoryName: 'new' }))).rejects.toThrow(
    'no identity-based policy allows',
  )
}

const flagsOf = (args: readonly string[]) => [BERTH, 'audit', ...args, '--data-dir', berth.dataDir]

/** What `berth audit` finds. */
async function audit(...args: readonly string[]): Promise<readonly Printed[]> {
  return JSON.parse(await outputOf(process.execPath, flagsOf([...args, '--json'])))
}

describe('berth audit', () => {
  test('finds by each of its filters just what fits', async () => {
    const filters: readonly (readonly [readonly string[], (event: Printed) => boolean])[] = [
      [['--principal', dev], ({ principal }) => principal === dev],
      [['--action', 'ecr:DeleteRepository'], ({ action }) => action === 'ecr:DeleteRepository'],
      [['--repository', 'team/app'], ({ repositoryName }) => repositoryName === 'team/app'],
      [['--outcome', 'denied'], ({ outcome }) => outcome === 'denied'],
      [
        ['--outcome', 'denied', '--repository', 'team/app', '--principal', dev],
        ({ outcome, repositoryName }) => outcome === 'denied' && repositoryName === 'team/app',
      ],
    ]
    const find = async ([flags, fits]: (typeof filters)[number]) => {
      const wanted = everything.filter(fits)
      expect(wanted.length, flags.join(' ')).toBeGreaterThan(0)
      expect(await audit(...flags), flags.join(' ')).toEqual(wanted)
    }
    await Promise.all(filters.map(find))
  })

  test('finds by time: from a moment on, and until before another', async () => {
    const middle = everything[Math.floor(everything.length / 2)]?.eventTime ?? ''
    const later = (event: Printed) => event.eventTime >= middle
    expect(await audit('--since', middle)).toEqual(everything.filter(later))
    expect(await audit('--until', middle)).toEqual(everything.filter((event) => !later(event)))
    expect(await audit('--since', '1h')).toEqual(everything)
    expect(await audit('--since', '2026-01-01', '--until', '1h')).toEqual([])
  })

  test('tells no more than it is asked for, the latest first', async () => {
    const times = everything.map(({ eventTime }) => eventTime)
    expect(times).toEqual(times.toSorted().toReversed())
    const found = await audit('--outcome', 'success', '--limit', '2')
    expect(found).toEqual(everything.filter(({ outcome }) => outcome === 'success').slice(0, 2))
  })

  test('names the statement that denied, and what is missing where none allows', async () => {
    const printed = await outputOf(process.execPath, flagsOf(['--outcome', 'denied']))
    expect(printed).toMatch(
      /^\S+Z +denied +\S+:user\/dev +ecr:DeleteRepository +\S+:repository\/team\/app +127\.0\.0\.1 +looking \(NoDeleting\) +1$/m,
    )
    expect(printed).toMatch(/denied +\S+:user\/dev +ecr:CreateRepository .+ no policy allows it +1$/m)
  })

  test('explains its filters, and refuses values that are none', async () => {
    const help = await outputOf(process.execPath, [BERTH, 'audit', '--help'])
    for (const flag of ['principal', 'action', 'repository', 'outcome', 'since', 'until', 'limit', 'json'])
      expect(help).toContain(`--${flag}`)
    expect(help).toContain('berth audit --outcome denied --since 7d')
    const refuse = async (flag: string, value: string) => {
      const { exitCode, stderr } = await runProgram(process.execPath, flagsOf([flag, value]))
      expect(exitCode, flag).not.toBe(0)
      expect(stderr).toContain(flag)
    }
    await Promise.all([
      refuse('--since', 'yesterday'),
      refuse('--until', '2026-13-45'),
      refuse('--limit', '0'),
    ])
  })

  test('has nothing left of what is older than the trail is kept', async () => {
    const advance = (by: string) =>
      outputOf(process.execPath, [BERTH, 'clock', 'advance', by, '--data-dir', berth.dataDir])
    await advance('29d')
    expect(await audit()).toEqual(expect.arrayContaining([...everything]))
    await advance('2d')
    const empty = await outputOf(process.execPath, flagsOf(['--action', 'ecr:DeleteRepository']))
    expect(empty).toBe('Nothing of that kind is in the audit trail')
  })
})
