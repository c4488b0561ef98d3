import { listReferrers as referrersOf } from '../../../registry/list-referrers.ts'
import { refreshReferrers } from '../../../registry/pull-through/refresh-referrers.ts'
import { jsonAnswer } from '../answers.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { importConsent } from '../import-consent.ts'
import { nextPageLink } from '../page.ts'

const indexType = 'application/vnd.oci.image.index.v1+json'
const pageEntries = 100

/** The manifests that say they belong to another; none is an empty list. @see distribution spec, "Listing Referrers" */
export const listReferrers: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer(request, context) {
    const { repository, argument, query } = request
    const { registry } = context
    const subject = digestArgument(argument)
    await refreshReferrers(registry, repository, subject, importConsent(request, context))
    const artifactType = query.get('artifactType') ?? undefined
    const after = query.has('last') ? digestArgument(query.get('last') ?? '') : undefined
    const artifactTypes = artifactType === undefined ? [] : [artifactType]
    const page = { artifactTypes, after, limit: pageEntries }
    const { referrers, next } = await referrersOf(registry, repository, subject, page)
    return jsonAnswer(
      {
        schemaVersion: 2,
        mediaType: indexType,
        manifests: referrers.map(({ storage: _, ...descriptor }) => descriptor),
      },
      {
        'content-type': indexType,
        ...(artifactType === undefined ? {} : { 'oci-filters-applied': 'artifactType' }),
        ...(next && nextPageLink(`/v2/${repository.name}/referrers/${subject}`, query, next)),
      },
    )
  },
}
