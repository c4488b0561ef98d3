import { GetAccountSettingCommand } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useBerth, useEcr } from '../../api/use-clients.ts'
import { FactsCard } from '../../parts/facts-card.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'

const names = ['BASIC_SCAN_TYPE_VERSION', 'REGISTRY_POLICY_SCOPE', 'BLOB_MOUNTING']

/** Settings of the account, and which Berth it is. */
export function AccountTab(): ReactNode {
  const ecr = useEcr()
  const berth = useBerth()
  const server = useAnswer(['server'], () => berth('DescribeServer', {}))
  const settings = useAnswer(['account-settings'], async () => {
    const answers = await Promise.all(names.map((name) => ecr.send(new GetAccountSettingCommand({ name }))))
    return Object.fromEntries(answers.map(({ name = '', value = '-' }) => [name, value]))
  })
  const error = settings.error ?? server.error
  if (error) return <Failure error={error} />
  if (settings.data === undefined || server.data === undefined) return <Loading />
  const { version, accountId, region, registryHost, repositoryCount, imageCount } = server.data
  const facts = {
    Account: accountId,
    Region: region,
    'Registry host': registryHost,
    Berth: version,
    Repositories: repositoryCount,
    Images: imageCount,
  }
  return <FactsCard title="Account settings" facts={{ ...facts, ...settings.data }} />
}
