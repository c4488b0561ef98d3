import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  type ECRClient,
  waitUntilImageScanComplete,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushImage } from '../support/push-image.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { blob, imageOf } from '../support/test-image.ts'

/**
 * A program that answers as Trivy's documentation says, to the flags that it has there, about an image in an OCI layout. It tells of the
 * environment that it was given.
 */
const program = `#!${process.execPath}
import fs from 'node:fs'
import { join } from 'node:path'
const args = process.argv.slice(2)
if (args[0] === 'version') {
  console.log(JSON.stringify({ Version: '0.66.0', VulnerabilityDB: { Version: 2, UpdatedAt: '2026-01-02T03:04:05Z' } }))
} else {
  const layout = args[args.indexOf('--input') + 1]
  const read = (digest) => JSON.parse(fs.readFileSync(join(layout, 'blobs', ...digest.split(':'))))
  const [{ digest }] = JSON.parse(fs.readFileSync(join(layout, 'index.json'))).manifests
  const manifest = read(digest)
  const layer = fs.readFileSync(join(layout, 'blobs', ...manifest.layers[0].digest.split(':')), 'utf8')
  if (layer === 'broken') { console.error('FATAL: unable to scan'); process.exit(1) }
  console.log(JSON.stringify({
    SchemaVersion: 2,
    Metadata: { OS: { Family: 'debian', Name: '12.5' } },
    Results: [{ Target: layout, Class: 'os-pkgs', Type: 'debian', Vulnerabilities: [{
      VulnerabilityID: 'CVE-2024-0001', PkgName: layer, InstalledVersion: '1', FixedVersion: '2', Severity: 'HIGH',
      Description: Object.keys(process.env).filter((name) => /^(BERTH|AWS)_/.test(name)).join() || 'nothing to hide'
        + (process.env.TRIVY_DISABLE_TELEMETRY && process.env.TRIVY_SKIP_VERSION_CHECK ? ', nobody to tell' : ''),
      PrimaryURL: 'https://x', Layer: { Digest: manifest.layers[0].digest }, LastModifiedDate: '2024-01-02T03:04:05Z',
    }] }],
  }))
}
`

let folder: TemporaryFolder
let berth: BerthProcess
let ecr: ECRClient
beforeAll(async () => {
  folder = await temporaryFolder()
  await writeFile(join(folder.path, 'trivy'), program)
  await chmod(join(folder.path, 'trivy'), 0o755)
  await mkdir(join(folder.path, 'tmp'))
  const env = {
    PATH: `${folder.path}:${process.env.PATH}`,
    TMPDIR: join(folder.path, 'tmp'),
    BERTH_LOG_LEVEL: 'info',
  }
  berth = await startBerthProcess({ flags: ['--scanner', 'trivy'], env })
  ecr = await ecrClientOf(berth)
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

async function scanned(repositoryName: string, layer: string) {
  const imageScanningConfiguration = { scanOnPush: true }
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration }))
  await pushImage(
    await logIn(berth, ecr),
    repositoryName,
    'v1',
    imageOf({ os: 'linux' }, [blob(Buffer.from(layer))]),
  )
  const input = { repositoryName, imageId: { imageTag: 'v1' } }
  await waitUntilImageScanComplete({ client: ecr, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, input)
  return ecr.send(new DescribeImageScanFindingsCommand(input))
}

test('what Trivy finds is told as any other finding, and it learns no secrets and tells nobody', async () => {
  expect(await scanned('team/app', 'openssl')).toMatchObject({
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: {
      vulnerabilitySourceUpdatedAt: new Date('2026-01-02T03:04:05Z'),
      findingSeverityCounts: { HIGH: 1 },
      findings: [
        {
          name: 'CVE-2024-0001',
          uri: 'https://x',
          description: 'nothing to hide, nobody to tell',
          attributes: expect.arrayContaining([
            { key: 'package_name', value: 'openssl' },
            { key: 'fixed_version', value: '2' },
          ]),
        },
      ],
    },
  })
  expect((await readdir(join(folder.path, 'tmp'))).filter((name) => name.startsWith('berth-trivy-'))).toEqual(
    [],
  )
})
