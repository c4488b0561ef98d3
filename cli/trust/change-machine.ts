import { CliError } from '../cli-error.ts'
import { describeStep } from './describe-steps.ts'
import type { Step } from './steps.ts'

/**
 * Takes the steps that aren't done, telling each. What it makes, everybody may read.
 *
 * @throws CliError on a system that it doesn't know, or for anybody but root, before anything is changed
 */
export async function changeMachine(
  steps: readonly Step[],
  {
    verb,
    write,
    again = 'berth trust',
  }: {
    readonly verb: '--apply' | '--remove'
    readonly write: (lines: readonly string[]) => void
    /** What root would type, but for the verb. */
    readonly again?: string
  },
): Promise<void> {
  if (process.platform !== 'linux') {
    throw new CliError(
      `berth trust ${verb} knows Linux alone`,
      'docs/real-names.md tells what to do by hand on macOS and Windows.',
    )
  }
  if (process.getuid?.() !== 0) {
    throw new CliError(
      `berth trust ${verb} changes files of the system, which root alone may`,
      `Type: sudo ${again} ${verb}`,
    )
  }
  process.umask(0o022)
  for (const step of steps) {
    write(describeStep(step))
    if (!step.isDone) await step.run()
  }
}
