import type { Step } from './steps.ts'

/** Steps as lines for a person: what each does, and which are done already. */
export function describeSteps(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => describeStep(step))
}

/** One of them. */
export function describeStep({ what, details, isDone }: Step): readonly string[] {
  return [`  ${what}${isDone ? '   (is done)' : ''}`, ...details.map((line) => `      ${line}`)]
}
