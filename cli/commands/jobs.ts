import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import type { BerthOperations, Job } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatCount, formatTime } from '../format.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

/** Milliseconds between two looks at jobs that run. */
const lookEvery = 200

/** More of one kind than anyone reads. */
const mostJobs = 100_000

const listExamples = `
Examples:
  berth jobs list
  berth jobs list collect-garbage --json`

const runExamples = `
It comes back when they are done, and fails when one of them does. With --dev, \`berth clock advance\` lets time pass as well.

Examples:
  berth jobs run collect-garbage     also drops uploads that nobody goes on with
  berth jobs run run-lifecycle       every lifecycle policy of every repository`

/** `berth jobs`: what runs by itself, and a way to have it run now. */
export function jobsCommand(): Command {
  return new Command('jobs')
    .description('tell what runs by itself, or have it run now')
    .addCommand(listCommand())
    .addCommand(runCommand())
}

function listCommand(): Command {
  return clientCommand('list', 'tell what is due when, what runs and what failed')
    .argument('[kind]', 'of this kind alone')
    .addHelpText('after', listExamples)
    .action(async (kind: string | undefined, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await listJobs(client, kind), describeJobs)
    })
}

function runCommand(): Command {
  return clientCommand('run', 'have all jobs of a kind run now, rather than when they are due')
    .argument('<kind>', 'as `berth jobs list` names it')
    .argument('[key]', 'the one job of this key')
    .addHelpText('after', runExamples)
    .action(async (kind: string, key: string | undefined, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await run(client, kind, key), ({ count }) => `${formatCount(count, 'job')} ran\n`)
    })
}

type Request = BerthOperations['RunJobs']['output']

async function run(client: BerthClient, kind: string, key: string | undefined): Promise<Request> {
  const request = await client.call('RunJobs', { kind, key })
  let open = [] as readonly Job[]
  do {
    const jobs = (await listJobs(client, kind)).filter((job) => key === undefined || job.key === key)
    throwFailure(jobs)
    open = jobs.filter((job) => isOpen(job, request.requestedAt))
    if (open.length > 0) await wait(lookEvery)
  } while (open.length > 0)
  return request
}

function isOpen({ status, nextRunAt }: Job, requestedAt: Date): boolean {
  return status === 'RUNNING' || (nextRunAt !== undefined && nextRunAt <= requestedAt)
}

function throwFailure(jobs: readonly Job[]): void {
  const failed = jobs.find(({ status, lastError }) => status === 'IDLE' && lastError !== undefined)
  if (failed === undefined) return
  throw new CliError(
    `The job ${nameOf(failed)} failed and will be tried again; the server's log says more: ${failed.lastError}`,
  )
}

async function listJobs(client: BerthClient, kind: string | undefined): Promise<readonly Job[]> {
  const { rows } = await readPages(mostJobs, async (page) => {
    const { jobs, nextToken } = await client.call('ListJobs', { kind, ...page })
    return { rows: jobs, nextToken }
  })
  return rows
}

function describeJobs(jobs: readonly Job[]): string {
  const rows = jobs.map(({ kind, key, status, nextRunAt, attempts, lastError = '-' }) => {
    const due = nextRunAt === undefined ? '-' : formatTime(nextRunAt)
    return [kind, key || '-', status, due, String(attempts), lastError]
  })
  return table(['KIND', 'KEY', 'STATUS', 'DUE', 'ATTEMPTS', 'LAST ERROR'], rows)
}

function nameOf({ kind, key }: Job): string {
  return key === '' ? kind : `${kind} '${key}'`
}
