import type { InstalledPackage } from '../installed-package.ts'
import type { ImageInventory } from '../layer-inventory.ts'
import { packageUrl } from './purl.ts'
import type { SbomSubject } from './sbom-subject.ts'

/** An image's packages as a bill of materials. @see CycloneDX 1.6, JSON */
export function cycloneDx({ distribution, packages }: ImageInventory, subject: SbomSubject): object {
  const operatingSystem = distribution && {
    type: 'operating-system',
    'bom-ref': `os:${distribution.id}`,
    name: distribution.id,
    version: distribution.versionId,
    description: distribution.name,
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${subject.id}`,
    version: 1,
    metadata: {
      timestamp: subject.at.toISOString(),
      tools: { components: [{ type: 'application', name: 'berth', version: subject.version }] },
      component: {
        type: 'container',
        'bom-ref': subject.digest,
        name: subject.repository,
        version: subject.digest,
        hashes: [hashOf(subject)],
      },
    },
    components: [
      ...(operatingSystem ? [operatingSystem] : []),
      ...packages.map((pkg, at) => component(pkg, at, packageUrl(pkg, distribution))),
    ],
  }
}

function component(pkg: InstalledPackage, at: number, purl: string): object {
  return {
    type: 'library',
    'bom-ref': `${purl}#${at}`,
    name: pkg.name,
    version: pkg.version,
    purl,
    properties: [
      { name: 'berth:layer', value: pkg.layer },
      { name: 'berth:path', value: pkg.path },
    ],
  }
}

function hashOf({ digest }: SbomSubject): object {
  const [algorithm, content] = digest.split(':')
  return { alg: algorithm === 'sha512' ? 'SHA-512' : 'SHA-256', content }
}
