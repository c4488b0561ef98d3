import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr'
import { useAnswer } from './use-answer.ts'
import { useEcr } from './use-clients.ts'

/** What ECR tells of a repository. */
export function useRepository(repositoryName: string) {
  const ecr = useEcr()
  return useAnswer(['repositories', repositoryName], async () => {
    const answer = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }))
    return answer.repositories?.[0]
  })
}
