import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTurns } from '../in-turns.ts'
import { exchange } from '../load/exchange.ts'
import { type GetLoad, getLoad } from '../load/get-load.ts'
import { pushBlob } from '../load/push-blob.ts'
import { RandomBodies, type RandomBody } from '../load/random-body.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { nginx, startNginx } from '../peers/nginx.ts'
import type { Server } from '../peers/server-process.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/blobs'
const mebibyte = 1024 * 1024

/** How fast a stored blob is read again, against nginx with sendfile on a file of the same bytes. */
export const blobGet: Row = {
  name: 'blob-get',
  about: 'blob GET of 1 MiB and 200 MiB, on 1 and 8 connections',
  run,
}

async function run(bench: Bench): Promise<readonly Result[]> {
  const { scratch, say } = bench
  const files = scratch.newFolder('files')
  await using berth = await startBerth(scratch, scratch.newFolder('berth'))
  await using peer = await startNginx(scratch, files)
  await berth.createRepository(repository)
  const results: Result[] = []
  for (const size of [mebibyte, 200 * mebibyte]) {
    const body = await store(berth, files, size)
    for (const connections of [1, 8]) {
      say(`${size / mebibyte} MiB on ${connections}`)
      results.push(await compare(bench, berth, peer, body, connections))
    }
  }
  return results
}

/** Gives both servers the same new bytes. */
async function store(berth: Berth, files: string, size: number): Promise<RandomBody> {
  const body = new RandomBodies(size).next()
  await pushBlob(berth, repository, body, 'put')
  writeFileSync(join(files, body.digest), Buffer.concat([...body.pieces(mebibyte)]))
  return body
}

async function compare(
  { rounds, quick }: Bench,
  berth: Berth,
  peer: Server | undefined,
  body: RandomBody,
  connections: number,
): Promise<Result> {
  const paths = { berth: `/v2/${repository}/blobs/${body.digest}`, peer: `/${body.digest}` }
  await check(berth, paths.berth, body)
  if (peer !== undefined) await check(peer, paths.peer, body)
  await berth.forgetPeak()
  const seconds = quick ? 1 : 3
  const turns = await inTurns(
    rounds,
    () => rate(berth, { path: paths.berth, headers: {}, connections, seconds }),
    peer && (() => rate(peer, { path: paths.peer, headers: {}, connections, seconds })),
  )
  return {
    what: `blob GET ${body.size / mebibyte} MiB, ${connections} connection${connections === 1 ? '' : 's'}`,
    unit: 'MiB/s',
    berth: turns.berth,
    peer: { name: nginx, samples: turns.peer },
    goal: { timesPeer: 0.9 },
    peakMemory: { berth: (await berth.memory()).peak, peer: (await peer?.memory())?.peak },
    notes: [`client: raw sockets of Node, 1 MiB a read; ${seconds} s a round; files in the page cache`],
  }
}

async function rate(server: Server, load: GetLoad): Promise<number> {
  const { bytes, seconds } = await getLoad(server, load)
  return bytes / mebibyte / seconds
}

async function check(server: Server, path: string, { digest }: RandomBody): Promise<void> {
  const { body } = await exchange(server, { method: 'GET', path }, 200)
  if (`sha256:${createHash('sha256').update(body).digest('hex')}` !== digest) {
    throw new Error(`${server.name} gives other bytes than were stored`)
  }
}
