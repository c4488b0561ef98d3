import { pullManifest } from '../../../registry/pull-through/pull-manifest.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { importConsent } from '../import-consent.ts'
import { manifestAnswer } from '../manifest-answer.ts'
import { wantedReference } from '../manifest-reference.ts'

/** A manifest by tag or digest; counts as a pull. @see distribution spec, "Pulling manifests" */
export const getManifest: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchGetImage'),
  async answer(request, context) {
    const { http, repository, argument, caller } = request
    const reference = wantedReference(repository, argument)
    const wanted = { repository, reference, as: 'pull', by: caller.arn } as const
    return manifestAnswer(http, await pullManifest(context.registry, wanted, importConsent(request, context)))
  },
}
