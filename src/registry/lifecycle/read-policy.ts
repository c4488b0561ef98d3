import {
  type ParsedLifecyclePolicy,
  parseLifecyclePolicy,
} from '../../core/lifecycle/parse-lifecycle-policy.ts'
import type { PolicyLanguage } from '../../core/lifecycle/policy-schema.ts'
import { refuseArchive } from '../../core/lifecycle/refuse-archive.ts'

/** A policy's text, and what language it is written in. */
export interface PolicyText {
  readonly text: string
  readonly language: PolicyLanguage
}

/** Reads a policy that this registry can do. @throws InvalidParameterError at `LifecyclePolicyText` */
export function readPolicy({ text, language }: PolicyText): ParsedLifecyclePolicy {
  const parsed = parseLifecyclePolicy(text, language)
  refuseArchive(parsed.policy)
  return parsed
}
