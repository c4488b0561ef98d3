import { findRepository } from '../../../registry/find-repository.ts'
import { jsonAnswer } from '../answers.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { cutToPage, nextPageLink, readPage } from '../page.ts'

/** A repository's tags in byte order, page by page. @see distribution spec, "Listing Tags" */
export const listTags: RepositoryEndpoint = {
  permissions: onRepository('ecr:ListImages'),
  async answer({ repository, query }, { registry }) {
    const page = readPage(query)
    const { id, name } = await findRepository(registry, repository)
    const found = await registry.metadata.tags.list(id, { after: page.after, limit: page.limit + 1 })
    const { entries, last } = cutToPage(found, page)
    const link = last && nextPageLink(`/v2/${name}/tags/list`, query, last)
    return jsonAnswer({ name, tags: entries }, link)
  },
}
