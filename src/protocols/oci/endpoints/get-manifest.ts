import { getManifest as getFrom } from '../../../registry/get-manifest.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { manifestAnswer } from '../manifest-answer.ts'
import { wantedReference } from '../manifest-reference.ts'

/** A manifest by tag or digest; counts as a pull. @see distribution spec, "Pulling manifests" */
export const getManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer({ http, repository, argument }, { registry }) {
    const reference = wantedReference(repository, argument)
    return manifestAnswer(http, await getFrom(registry, { repository, reference, as: 'pull' }))
  },
}
