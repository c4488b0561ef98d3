import { cycloneDx } from '../../core/scanning/sbom/cyclonedx.ts'
import { spdx } from '../../core/scanning/sbom/spdx.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { getInventory } from '../../registry/scans/get-inventory.ts'
import { findImage } from '../ecr/find-image.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** The packages of an image that was scanned, as a document. */
export const getSoftwareBillOfMaterials: BerthAction<'GetSoftwareBillOfMaterials'> = {
  operation: 'GetSoftwareBillOfMaterials',
  permissions: onRepository('berth:GetSoftwareBillOfMaterials'),
  async run(input, call, { registry, server }) {
    const repository = await findRepository(registry, requestedRepository(input, call))
    const { imageDigest, imageTag, format = 'CYCLONEDX' } = input
    const imageId = { ...(imageDigest && { imageDigest }), ...(imageTag && { imageTag }) }
    const { digest } = await findImage(registry.metadata, repository, imageId)
    const inventory = await getInventory(registry, repository, digest)
    const { name } = repository
    const subject = {
      repository: name,
      digest,
      id: registry.newId(),
      at: registry.now(),
      version: server.version,
    }
    const document = format === 'SPDX' ? spdx(inventory, subject) : cycloneDx(inventory, subject)
    return { imageDigest: digest, document: JSON.stringify(document) }
  },
}
