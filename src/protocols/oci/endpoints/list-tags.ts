import { listTags as tagsOf } from '../../../registry/list-tags.ts'
import { jsonAnswer } from '../answers.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { nextPageLink, readPage } from '../page.ts'

/** A repository's tags in byte order, page by page. @see distribution spec, "Listing Tags" */
export const listTags: RepositoryEndpoint = {
  permissions: onRepository('ecr:ListImages'),
  async answer({ repository, query }, { registry }) {
    const { name } = repository
    const { tags, more } = await tagsOf(registry, repository, readPage(query))
    const last = more ? tags.at(-1) : undefined
    return jsonAnswer({ name, tags }, last && nextPageLink(`/v2/${name}/tags/list`, query, last))
  },
}
