import type { RegistryScanningConfiguration, RegistryScanningRule } from '@aws-sdk/client-ecr'
import { InvalidParameterError } from '../../core/errors.ts'
import type {
  ScanningConfiguration,
  ScanningRule,
  ScanType,
} from '../../core/scanning/scanning-configuration.ts'
import type { Checked } from '../checked.ts'

type GivenRule = Checked<RegistryScanningRule>

/** A registry's scanning configuration as responses show it. */
export function scanningConfigurationShape({
  type,
  rules,
}: ScanningConfiguration): RegistryScanningConfiguration {
  return {
    scanType: type,
    rules: rules.map(({ frequency, filters }) => ({
      scanFrequency: frequency,
      repositoryFilters: filters.map(filterShape),
    })),
  }
}

export function filterShape(filter: string) {
  return { filter, filterType: 'WILDCARD' as const }
}

/**
 * @throws InvalidParameterError at `rules` for a frequency that the type doesn't have, and for two rules of one frequency
 * @see Amazon ECR API reference, RegistryScanningRule
 */
export function readScanningConfiguration(
  type: ScanType,
  given: readonly GivenRule[],
): ScanningConfiguration {
  const rules = given.map((rule) => readRule(type, rule))
  if (new Set(rules.map(({ frequency }) => frequency)).size < rules.length)
    throw new InvalidParameterError('rules', 'Only one rule is allowed for each scanFrequency')
  return { type, rules }
}

function readRule(type: ScanType, { scanFrequency, repositoryFilters }: GivenRule): ScanningRule {
  const isOffered =
    scanFrequency === 'SCAN_ON_PUSH' || (type === 'ENHANCED' && scanFrequency === 'CONTINUOUS_SCAN')
  if (!isOffered)
    throw new InvalidParameterError(
      'rules',
      `The scanFrequency ${scanFrequency} is not supported for the scanType ${type}`,
    )
  return { frequency: scanFrequency, filters: repositoryFilters.map(({ filter }) => filter) }
}
