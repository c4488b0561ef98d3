import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSecrets } from '../../src/config/secrets.ts'
import { startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'

test('the first start shows where Berth listens, its root key, and what to type next', async () => {
  await using berth = await startBerthProcess()
  const secrets = await readSecrets(berth.dataDir)
  expect(berth.output).toMatch(/^Berth \d+\.\d+\.\d+ listens on http:\/\/127\.0\.0\.1:\d+$/m)
  expect(berth.output).toContain('000000000000, region us-east-1')
  expect(berth.output).toContain(secrets?.rootAccessKey)
  expect(berth.output).toContain(`${secrets?.rootSecretKey} (shown this once`)
  expect(berth.output).toContain(`Console      ${berth.url}/`)
  expect(berth.output).toContain(`eval "$(npx berth env --data-dir ${berth.dataDir})"`)
  expect(berth.output).toContain(`docker login --username AWS --password-stdin ${berth.host}`)
})

test('later starts say where the secret is kept, and not what it is', async () => {
  await using berth = await startBerthProcess()
  const secrets = await readSecrets(berth.dataDir)
  await berth.terminate()
  await berth.start()
  expect(berth.output).toContain(`kept in ${join(berth.dataDir, 'secrets.json')}`)
  expect(berth.output).not.toContain(secrets?.rootSecretKey)
})

test("a given root key is named, its secret isn't, and neither is kept", async () => {
  const flags = ['--root-access-key', 'GIVENKEY', '--root-secret-key', 'given-secret']
  await using berth = await startBerthProcess({ flags })
  expect(berth.output).toContain('Access key   GIVENKEY')
  expect(berth.output).not.toContain('given-secret')
  for (const file of ['secrets.json', 'server.json']) {
    expect(await readFile(join(berth.dataDir, file), 'utf8')).not.toContain('given-secret')
  }
})

test('development mode can not be overlooked', async () => {
  await using berth = await startBerthProcess({ flags: ['--dev'] })
  expect(berth.output).toContain('*** DEVELOPMENT MODE')
  expect(berth.output).toMatch(/Access key {3}test\n {2}Secret key {3}test\n/)
})

test('who opens it to the network by plain HTTP is told what that means', async () => {
  await using berth = await startBerthProcess({ flags: ['--host', '0.0.0.0', '--allow-plain-http'] })
  expect(berth.output).toContain('other machines reach it too, over plain HTTP')
  expect(berth.output).toContain(`Console      ${berth.url}/`)
})

test('with the local CA it says where HTTPS is, and what makes a machine believe it', async () => {
  await using berth = await startBerthProcess({ flags: ['--tls-local', '--tls-port', '0'] })
  const [, port] = /and https:\/\/127\.0\.0\.1:(\d+)$/m.exec(berth.output) ?? []
  expect(berth.output).toContain(`${join(berth.dataDir, 'tls/local-ca.crt')}; \`npx berth trust\``)
  expect(berth.output).toContain(`--password-stdin 000000000000.dkr.ecr.us-east-1.amazonaws.com:${port}`)
})

test('under a registry domain, docker is sent to the name of account and region', async () => {
  const flags = ['--registry-domain', 'ecr.example', '--registry-host', 'x:5000', '--region', 'eu-west-2']
  await using berth = await startBerthProcess({ flags })
  expect(berth.output).toContain('--password-stdin 000000000000.dkr.ecr.eu-west-2.ecr.example:5000')
})

test('everything in the data folder is for its owner alone', async () => {
  await using berth = await startBerthProcess({ flags: ['--tls-local', '--tls-port', '0'] })
  const open = await outputOf('find', [resolve(berth.dataDir), '-mindepth', '1', '-perm', '/077'])
  expect(open).toBe('')
})
