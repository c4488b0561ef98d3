import { findRepository } from '../../../registry/find-repository.ts'
import { jsonAnswer } from '../answers.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { nextPageLink } from '../page.ts'
import { readReferrers } from '../referrers.ts'

const indexType = 'application/vnd.oci.image.index.v1+json'

/** The manifests that say they belong to another; none is an empty list. @see distribution spec, "Listing Referrers" */
export const listReferrers: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer({ repository, argument, query }, { registry }) {
    const subject = digestArgument(argument)
    const artifactType = query.get('artifactType') ?? undefined
    const after = query.has('last') ? digestArgument(query.get('last') ?? '') : undefined
    const { id, name } = await findRepository(registry, repository)
    const page = await readReferrers(registry.metadata, id, { subject, artifactType, after })
    const index = { schemaVersion: 2, mediaType: indexType, manifests: page.descriptors }
    return jsonAnswer(index, {
      'content-type': indexType,
      ...(artifactType === undefined ? {} : { 'oci-filters-applied': 'artifactType' }),
      ...(page.last && nextPageLink(`/v2/${name}/referrers/${subject}`, query, page.last)),
    })
  },
}
