import { getManifest } from '../../../registry/get-manifest.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { manifestAnswer } from '../manifest-answer.ts'
import { wantedReference } from '../manifest-reference.ts'

/** What GET would answer, without the bytes and without being a pull. @see distribution spec, "Checking if content exists in the registry" */
export const headManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer({ http, repository, argument }, { registry }) {
    const reference = wantedReference(repository, argument)
    return manifestAnswer(http, await getManifest(registry, { repository, reference, as: 'look' }))
  },
}
