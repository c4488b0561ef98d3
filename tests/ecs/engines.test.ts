import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect } from 'vitest'
import { DockerClient } from '../../src/containers/docker-client.ts'
import { engineAddress } from '../../src/containers/engine-address.ts'
import { signCertificate } from '../../src/tls/local-ca/certificate.ts'
import { issueCertificate, makeAuthority, makeKey } from '../../src/tls/local-ca/local-authority.ts'
import { BERTH } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { startDockerd } from '../support/dockerd.ts'
import { freePort } from '../support/free-port.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { startPodmanService } from '../support/podman-service.ts'
import { shell, type TaskEngine, TaskWorld, webImage } from '../support/task-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const testDocker = testAsRootWith('dockerd', 'docker', 'busybox')
const testPodman = testAsRootWith('podman', 'docker', 'busybox')

const info = { method: 'GET', path: '/info' } as const

testDocker('tasks run on an engine behind TLS, which has to be of the CA that is named', async () => {
  await using folder = await temporaryFolder()
  const { certs, flags } = await layCertificates(join(folder.path, 'certs'))
  const { certs: others } = await layCertificates(join(folder.path, 'others'))
  const host = `tcp://127.0.0.1:${await freePort()}`
  await using dockerd = await startDockerd([], 'none', ['--host', host, ...flags])
  const reach = (certFolder?: string) =>
    new DockerClient(engineAddress({ host, certFolder, usualSockets: [] })).ask(info)
  await expect(reach(others)).rejects.toThrow(
    `No Docker Engine answers at ${host} with the certificates in ${others} (unable to verify`,
  )
  await expect(reach()).rejects.toThrow('Client sent an HTTP request to an HTTPS server')
  await expect(reach(folder.path)).rejects.toThrow(`ENOENT: no such file or directory, open '${folder.path}`)
  await tryTasks(dockerd, { DOCKER_HOST: host, DOCKER_CERT_PATH: certs })
})

testPodman("tasks run on Podman, which speaks Docker's API, by plain TCP", async () => {
  await using podman = await startPodmanService()
  await tryTasks(podman, { DOCKER_HOST: podman.env.DOCKER_HOST })
})

/** Runs a task of Berth's own image that says something, and has a command in it end it. */
async function tryTasks(engine: TaskEngine, env: Readonly<Record<string, string>>): Promise<void> {
  await using world = await TaskWorld.on(engine, { env })
  const imageDigest = await world.pushPage('v1', 'ahoy')
  await engine.docker.output(['rmi', '--force', `${world.berth.host}/web:v1`])
  const waits = shell('echo said; until test -e /end; do sleep 1; done; exit 3')
  await world.register('waits', { ...waits, ...(await logTo(world)) }, { networkMode: 'none' })
  const task = await world.becomes(await world.run('waits', { enableExecuteCommand: true }), 'RUNNING')
  expect(task.containers).toMatchObject([{ image: `${webImage}:v1`, imageDigest }])
  const exec = [BERTH, 'ecs', 'exec', 'default', task.taskArn ?? '', '--data-dir', world.berth.dataDir]
  const inside = ['--', 'sh', '-c', 'echo inside; echo > /end']
  expect(await outputOf(process.execPath, [...exec, ...inside])).toBe('inside')
  expect((await world.becomes(task, 'STOPPED')).containers).toMatchObject([{ exitCode: 3 }])
  expect(await linesOf(world)).toEqual(['said'])
  expect(await engine.docker.output(['ps', '--all', '--quiet'])).toBe('')
}

const group = '/ecs/said'
const ofContainers = { logGroupName: group, logStreamNamePrefix: 'said/' }

function logsOf({ ecs, berth }: TaskWorld<TaskEngine>): CloudWatchLogsClient {
  const { region, credentials } = ecs.config
  return new CloudWatchLogsClient({ region, credentials, endpoint: berth.url })
}

async function logTo(world: TaskWorld<TaskEngine>) {
  await logsOf(world).send(new CreateLogGroupCommand({ logGroupName: group }))
  const options = { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'said' }
  return { logConfiguration: { logDriver: 'awslogs' as const, options } }
}

async function linesOf(world: TaskWorld<TaskEngine>) {
  const { events = [] } = await logsOf(world).send(new FilterLogEventsCommand(ofContainers))
  return events.map(({ message }) => message)
}

/** A folder as DOCKER_CERT_PATH has it, and what has a daemon show a certificate of the same CA and ask for one. */
async function layCertificates(certs: string) {
  const now = new Date()
  const authority = makeAuthority({ domains: ['localhost'], addresses: ['127.0.0.0/8'] }, now)
  const [serverKey, clientKey] = [makeKey(), makeKey()]
  const server = issueCertificate(authority, ['localhost', '127.0.0.1'], serverKey, now)
  const { notAfter } = server
  const content = {
    subject: 'Berth',
    issuer: authority.cert,
    notBefore: now,
    notAfter,
    key: clientKey,
    extensions: [],
  }
  const files = {
    'ca.pem': authority.cert,
    'cert.pem': signCertificate(content, authority.key),
    'key.pem': clientKey.export({ type: 'pkcs8', format: 'pem' }),
    'server.pem': server.cert,
    'server-key.pem': serverKey.export({ type: 'pkcs8', format: 'pem' }),
  }
  await mkdir(certs)
  for (const [name, content] of Object.entries(files)) await writeFile(join(certs, name), content)
  const given = { tlscacert: 'ca.pem', tlscert: 'server.pem', tlskey: 'server-key.pem' }
  const flags = Object.entries(given).flatMap(([flag, name]) => [`--${flag}`, join(certs, name)])
  return { certs, flags: ['--tlsverify', ...flags] }
}
