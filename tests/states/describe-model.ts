import { type RepositoryState, type StateModel, tagsOf } from './state-model.ts'

/** What a model holds, a line for each repository and each of its images, for whoever looks into a plan that failed. */
export function describeModel({ now, replicates, repositories }: StateModel): string {
  const lines = [...repositories].flatMap(([name, repository]) => describeRepository(name, repository))
  return [`  ${timeOf(now)}, ${replicates ? 'replicating' : 'not replicating'}`, ...lines].join('\n')
}

function describeRepository(name: string, repository: RepositoryState): string[] {
  const { isImmutable, keeps = 'all', images, orphaned } = repository
  const shown = [...images].map(([image, { pushedAt, since, archivedAt }]) => {
    const times = [`pushed ${timeOf(pushedAt)}`]
    if (since !== pushedAt) times.push(`back since ${timeOf(since)}`)
    if (archivedAt !== undefined) times.push(`archived ${timeOf(archivedAt)}`)
    return `    ${image} [${tagsOf(repository, image)}] ${times.join(', ')}`
  })
  const deleted = orphaned.map(({ subject, at }) => `    (deleted: ${subject}, ${timeOf(at)})`)
  return [`  ${name}: ${isImmutable ? 'IMMUTABLE' : 'MUTABLE'}, keeps ${keeps}`, ...shown, ...deleted]
}

function timeOf(time: number): string {
  return new Date(time).toISOString()
}
