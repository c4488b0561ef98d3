import { repositoryArn } from '../names/arn.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { CreationPurpose } from '../repositories/creation-template.ts'
import type { Occurrence } from './event.ts'
import { berthSource } from './extra-events.ts'

/** What became of a repository; one that Berth made by itself tells why, and by which creation template. */
export type RepositoryChange =
  | { readonly action: 'DELETE' }
  | {
      readonly action: 'CREATE'
      readonly purpose?: CreationPurpose | undefined
      readonly template?: string | undefined
    }

/** A repository was created or deleted. An extra: AWS tells of it by CloudTrail alone. */
export function repositoryChanged(repository: RepositoryKey, change: RepositoryChange): Occurrence {
  return {
    registry: { account: repository.account, region: repository.region },
    extra: 'repository',
    source: berthSource,
    detailType: 'Berth Repository Action',
    resources: [repositoryArn(repository)],
    detail: {
      result: 'SUCCESS',
      'action-type': change.action,
      'repository-name': repository.name,
      ...(change.action === 'CREATE' && {
        ...(change.purpose !== undefined && { 'created-for': change.purpose }),
        ...(change.template !== undefined && { 'template-prefix': change.template }),
      }),
    },
  }
}
