import {
  type ECRClient,
  GetRegistryScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
  type RegistryScanningRule,
  type ScanType,
} from '@aws-sdk/client-ecr'
import type { Resource } from '../resource.ts'

interface ScanningAttributes {
  readonly registryId: string
  readonly scanType: ScanType
  /** A set: their order means nothing. */
  readonly rules: readonly RegistryScanningRule[]
}

/** `aws_ecr_registry_scanning_configuration`: to destroy it is to put basic scanning without rules. */
export function scanningResource(ecr: ECRClient): Resource<ScanningAttributes> {
  const put = async ({ scanType, rules }: Omit<ScanningAttributes, 'registryId'>) => {
    await ecr.send(new PutRegistryScanningConfigurationCommand({ scanType, rules: [...rules] }))
  }
  return {
    create: put,
    async read() {
      const { registryId, scanningConfiguration } = await ecr.send(
        new GetRegistryScanningConfigurationCommand({}),
      )
      const { scanType, rules } = scanningConfiguration ?? {}
      if (registryId === undefined || scanType === undefined || rules === undefined) return undefined
      return { registryId, scanType, rules: rules.toSorted(byFrequency) }
    },
    update: (_before, wanted) => put(wanted),
    destroy: () => put({ scanType: 'BASIC', rules: [] }),
  }
}

function byFrequency(a: RegistryScanningRule, b: RegistryScanningRule): number {
  return (a.scanFrequency ?? '') < (b.scanFrequency ?? '') ? -1 : 1
}
