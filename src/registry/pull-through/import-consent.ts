import type { RepositoryPlan } from '../plan-repository.ts'

/** Whether whoever pulls may have an upstream's content brought here; asked only when something is to be brought. */
export interface ImportConsent {
  /** The ARN of who pulls. */
  readonly actor: string
  /** `ecr:BatchImportUpstreamImage` on the repository. */
  mayImport(): Promise<boolean>
  /** `ecr:CreateRepository`, and `ecr:TagResource` for a template with tags. */
  mayCreate(plan: RepositoryPlan): Promise<boolean>
}
