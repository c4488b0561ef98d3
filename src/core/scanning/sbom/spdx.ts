import type { InstalledPackage } from '../installed-package.ts'
import type { ImageInventory } from '../layer-inventory.ts'
import { packageUrl } from './purl.ts'
import type { SbomSubject } from './sbom-subject.ts'

const image = 'SPDXRef-image'

/** An image's packages as a bill of materials. @see SPDX 2.3, JSON */
export function spdx({ distribution, packages }: ImageInventory, subject: SbomSubject): object {
  const { repository, digest, id, at, version } = subject
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${repository}@${digest}`,
    documentNamespace: `urn:uuid:${id}`,
    creationInfo: { created: `${at.toISOString().slice(0, 19)}Z`, creators: [`Tool: berth-${version}`] },
    packages: [
      { ...unsaid, SPDXID: image, name: repository, versionInfo: digest, primaryPackagePurpose: 'CONTAINER' },
      ...packages.map((pkg, number) => packageOf(pkg, number, packageUrl(pkg, distribution))),
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: image },
      ...packages.map((_, number) => ({
        spdxElementId: image,
        relationshipType: 'CONTAINS',
        relatedSpdxElement: `SPDXRef-package-${number}`,
      })),
    ],
  }
}

/** What a package database doesn't tell. */
const unsaid = { downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: 'NOASSERTION' }

function packageOf({ name, version, path, layer }: InstalledPackage, number: number, purl: string): object {
  return {
    ...unsaid,
    SPDXID: `SPDXRef-package-${number}`,
    name,
    versionInfo: version,
    sourceInfo: `${path} in layer ${layer}`,
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  }
}
