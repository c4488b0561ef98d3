import { pullManifest } from '../../../registry/pull-through/pull-manifest.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { importConsent } from '../import-consent.ts'
import { manifestAnswer } from '../manifest-answer.ts'
import { wantedReference } from '../manifest-reference.ts'

/** What GET would answer, without the bytes and without being a pull. @see distribution spec, "Checking if content exists in the registry" */
export const headManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer(request, context) {
    const { http, repository, argument } = request
    const wanted = { repository, reference: wantedReference(repository, argument), as: 'look' } as const
    return manifestAnswer(http, await pullManifest(context.registry, wanted, importConsent(request, context)))
  },
}
