import { anyRepositoryArn } from '../../../core/names/arn.ts'
import { parseRepositoryName } from '../../../core/names/repository-name.ts'
import { jsonAnswer } from '../answers.ts'
import type { RegistryEndpoint } from '../endpoint.ts'
import { cutToPage, nextPageLink, readPage } from '../page.ts'

/** The names of a registry's repositories, page by page. @see Docker registry API, "Catalog" */
export const listRepositories: RegistryEndpoint = {
  permissions: ({ registryKey }) => [
    {
      action: 'ecr:DescribeRepositories',
      resource: anyRepositoryArn(registryKey),
      owner: registryKey.account,
      within: registryKey,
    },
  ],
  async answer({ registryKey, query }, { registry }) {
    const page = readPage(query)
    const after = page.after === undefined ? undefined : parseRepositoryName(page.after)
    const { repositories } = registry.metadata
    const found = await repositories.list(registryKey, { after, limit: page.limit + 1 })
    const { entries, last } = cutToPage(found, page)
    const link = last && nextPageLink('/v2/_catalog', query, last.name)
    return jsonAnswer({ repositories: entries.map(({ name }) => name) }, link)
  },
}
