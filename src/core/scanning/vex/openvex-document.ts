import type { RegistryKey } from '../../names/registry-key.ts'

/** The parts of an OpenVEX document that are written here. @see OpenVEX specification 0.2.0 */
export interface OpenVexDocument {
  readonly '@context': string
  readonly '@id': string
  readonly author: string
  readonly timestamp: string
  readonly version: number
  readonly tooling: string
  readonly statements: readonly OpenVexStatement[]
}

export interface OpenVexStatement {
  readonly vulnerability: { readonly name: string }
  readonly timestamp: string
  readonly products: readonly OpenVexProduct[]
  readonly status: OpenVexStatus
  readonly justification?: string
  readonly impact_statement?: string
  readonly action_statement?: string
  readonly status_notes?: string
}

export interface OpenVexProduct {
  readonly '@id': string
  readonly subcomponents?: readonly { readonly '@id': string }[]
}

export type OpenVexStatus = 'not_affected' | 'affected' | 'fixed' | 'under_investigation'

export const openVexContext = 'https://openvex.dev/ns/v0.2.0'

/** What stands for all images of a registry, where OpenVEX wants a product. */
export function registryProduct({ account, region }: RegistryKey): string {
  return `urn:berth:registry:${account}:${region}`
}
