import { readEnvironment } from '../../src/config/env.ts'
import type { Flags } from '../../src/config/load-config.ts'
import { changeMachine } from './change-machine.ts'
import { describeSteps } from './describe-steps.ts'
import { findTrustPlan, type TrustFlags } from './find-trust-plan.ts'
import { Machine } from './machine.ts'
import { runOnMachine } from './run-on-machine.ts'
import { findStore, stepsToApply, stepsToRemove } from './steps.ts'
import { afterApplying, beforeApplying } from './what-next.ts'

/** What `berth trust` is told. */
export interface TrustWish extends Flags, TrustFlags {
  readonly apply?: true
  readonly remove?: true
}

/** Prints what has to be done on this machine, does it, or takes it back. @throws CliError, ConfigError, LocalAuthorityError */
export async function runTrust({ apply, remove, ...flags }: TrustWish): Promise<void> {
  const machine = new Machine('/')
  if (remove) return removeTrust(machine)
  const found = await findTrustPlan(flags, readEnvironment())
  const steps = await stepsToApply(found.plan, machine, runOnMachine)
  const bundle = (await findStore(machine))?.bundle
  if (!apply) return write(beforeApplying(found, describeSteps(steps), bundle))
  await changeMachine(steps, { verb: '--apply', write, again: found.commandLine })
  write(afterApplying(found, bundle))
}

async function removeTrust(machine: Machine): Promise<void> {
  const steps = await stepsToRemove(machine, runOnMachine)
  if (steps.length === 0) return write(['Nothing of `berth trust` is on this machine.'])
  await changeMachine(steps, { verb: '--remove', write })
}

function write(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
