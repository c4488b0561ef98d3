import type {
  DescribeRepositoryCreationTemplatesRequest,
  DescribeRepositoryCreationTemplatesResponse,
} from '@aws-sdk/client-ecr'
import type { CreationTemplate } from '../../core/repositories/creation-template.ts'
import type { Checked } from '../checked.ts'
import { type Page, readPage } from '../page.ts'
import type { Call } from '../service.ts'
import { templateShape } from './creation-template-members.ts'
import type { EcrAction } from './ecr-action.ts'
import type { EcrContext } from './ecr-context.ts'
import { refusePaging } from './explicit-list.ts'
import { onRegistry } from './permissions.ts'
import { defaultPageSize, prefixPosition } from './positions.ts'

type Input = Checked<DescribeRepositoryCreationTemplatesRequest>

/**
 * Describes the templates with these prefixes, or all of the registry by prefix. A prefix that has none is passed over: the
 * operation declares no error for it.
 *
 * @see Amazon ECR API reference, DescribeRepositoryCreationTemplates
 */
export const describeRepositoryCreationTemplates: EcrAction<
  DescribeRepositoryCreationTemplatesRequest,
  DescribeRepositoryCreationTemplatesResponse
> = {
  operation: 'DescribeRepositoryCreationTemplates',
  permissions: onRegistry('ecr:DescribeRepositoryCreationTemplates'),
  async run(input, call, context) {
    const read = input.prefixes === undefined ? listed : named
    const { rows, nextToken } = await read(input, call, context)
    return {
      registryId: call.registry.account,
      repositoryCreationTemplates: await Promise.all(rows.map((row) => templateShape(context.registry, row))),
      nextToken,
    }
  },
}

function listed(input: Input, call: Call, { registry }: EcrContext): Promise<Page<CreationTemplate>> {
  const after = prefixPosition(call.pages)
  return readPage(call, {
    size: input.maxResults ?? defaultPageSize,
    read: (limit) => registry.metadata.creationTemplates.list(call.registry, { after, limit }),
    positionOf: (last) => last.prefix,
  })
}

async function named(input: Input, call: Call, { registry }: EcrContext): Promise<Page<CreationTemplate>> {
  refusePaging('prefixes', input)
  const rows: CreationTemplate[] = []
  for (const prefix of new Set(input.prefixes)) {
    const template = await registry.metadata.creationTemplates.find(call.registry, prefix)
    if (template !== undefined) rows.push(template)
  }
  return { rows, nextToken: undefined }
}
