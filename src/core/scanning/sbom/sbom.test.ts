import { expect, test } from 'vitest'
import { digestOf } from '../../names/digest.ts'
import type { ImageInventory } from '../layer-inventory.ts'
import { cycloneDx } from './cyclonedx.ts'
import { packageUrl } from './purl.ts'
import { spdx } from './spdx.ts'

const distribution = { id: 'debian', versionId: '12', name: 'Debian 12' }
const digest = digestOf('sha256', 'a'.repeat(64))
const layer = digestOf('sha256', 'b'.repeat(64))
const inventory: ImageInventory = {
  distribution,
  packages: [{ format: 'dpkg', name: 'libssl3', version: '3.0.9-1', path: 'var/lib/dpkg/status', layer }],
}
const id = '13cde686-328b-6117-af20-0e5566167482'
const subject = {
  repository: 'team/app',
  digest,
  id,
  at: new Date('2026-01-02T03:04:05.678Z'),
  version: '1.0.0',
}

test.each([
  [
    {
      format: 'dpkg',
      name: 'libssl3',
      version: '1:3.0+x-1',
      architecture: 'amd64',
      source: { name: 'openssl', version: '3.0-1' },
    },
    'pkg:deb/debian/libssl3@1:3.0%2Bx-1?arch=amd64&distro=debian-12&upstream=openssl%403.0-1',
  ],
  [{ format: 'npm', name: '@scope/left', version: '1.0.0' }, 'pkg:npm/%40scope/left@1.0.0'],
  [{ format: 'maven', name: 'org.x:lib', version: '1' }, 'pkg:maven/org.x/lib@1'],
  [{ format: 'go', name: 'github.com/x/y', version: 'v1.2.3' }, 'pkg:golang/github.com/x/y@v1.2.3'],
  [{ format: 'pypi', name: 'zope-x', version: '5.0' }, 'pkg:pypi/zope-x@5.0'],
] as const)('%j is %s', (pkg, purl) => {
  expect(packageUrl(pkg, distribution)).toBe(purl)
})

test('CycloneDX names the image, the system and each package', () => {
  expect(cycloneDx(inventory, subject)).toMatchObject({
    bomFormat: 'CycloneDX',
    serialNumber: `urn:uuid:${id}`,
    metadata: {
      timestamp: '2026-01-02T03:04:05.678Z',
      component: { type: 'container', name: 'team/app', version: digest },
    },
    components: [
      { type: 'operating-system', name: 'debian', version: '12' },
      {
        type: 'library',
        name: 'libssl3',
        version: '3.0.9-1',
        purl: 'pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12',
      },
    ],
  })
})

test('SPDX describes the image, which contains each package', () => {
  expect(spdx(inventory, subject)).toMatchObject({
    spdxVersion: 'SPDX-2.3',
    creationInfo: { created: '2026-01-02T03:04:05Z', creators: ['Tool: berth-1.0.0'] },
    packages: [{ SPDXID: 'SPDXRef-image' }, { SPDXID: 'SPDXRef-package-0', name: 'libssl3' }],
    relationships: [
      { relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-image' },
      { relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-package-0' },
    ],
  })
})
