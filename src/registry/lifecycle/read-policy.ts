import {
  type ParsedLifecyclePolicy,
  parseLifecyclePolicy,
} from '../../core/lifecycle/parse-lifecycle-policy.ts'
import type { PolicyLanguage } from '../../core/lifecycle/policy-schema.ts'

/** A policy's text, and what language it is written in. */
export interface PolicyText {
  readonly text: string
  readonly language: PolicyLanguage
}

/** Reads a policy. @throws InvalidParameterError at `LifecyclePolicyText` */
export function readPolicy({ text, language }: PolicyText): ParsedLifecyclePolicy {
  return parseLifecyclePolicy(text, language)
}
