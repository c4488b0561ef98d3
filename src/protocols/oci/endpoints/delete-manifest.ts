import { deleteImages } from '../../../registry/delete-images.ts'
import { apiVersion } from '../answers.ts'
import { readExpectation } from '../conditional.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { wantedReference } from '../manifest-reference.ts'

/**
 * By digest, deletes an image and its tags; by tag, takes the tag away and keeps the image. With `If-Match` only if it is as expected.
 *
 * @see distribution spec, "Deleting tags" and "Deleting Manifests"
 */
export const deleteManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchDeleteImage'),
  async answer({ http, caller, repository, argument }, { registry }) {
    const reference = wantedReference(repository, argument)
    const image = reference.kind === 'tag' ? { tag: reference.tag } : { digest: reference.digest }
    const [deletion] = await deleteImages(registry, repository, [image], {
      lastTag: 'keeps-image',
      expectation: readExpectation(http.headers),
      cause: { actor: caller.arn, reason: 'delete' },
    })
    if (deletion !== undefined && 'refused' in deletion) throw deletion.refused
    return { status: 202, headers: apiVersion }
  },
}
