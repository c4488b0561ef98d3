import type { Asker } from '../access/principal.ts'
import type { Action, BoundAction, BoundUnsignedAction, UnsignedAction } from './service.ts'

/**
 * Hands every action of a service its context and lists them under their operations' names.
 *
 * Each action keeps its own input type; the list forgets it. That is sound because the AWS front end runs an action only with
 * input that it has checked against that operation's shape in the service model, and it is the only place where `unknown`
 * becomes that type.
 *
 * @throws RangeError when two actions claim one operation
 * @example
 * bindActions({ registry }, [createRepository, describeRepositories])
 */
export function bindActions<Context>(
  context: Context,
  actions: readonly Action<NoInfer<Context>, unknown, unknown>[],
): ReadonlyMap<string, BoundAction> {
  const bound = new Map<string, BoundAction>()
  for (const action of actions) {
    if (bound.has(action.operation)) throw new RangeError(`${action.operation} has two actions`)
    bound.set(action.operation, bind(action, context))
  }
  return bound
}

function bind<Context>(action: Action<Context, unknown, unknown>, context: Context): BoundAction {
  return {
    permissions: async (input, call) => action.permissions(input, call, context),
    run: (input, call) => action.run(input, call, context),
  }
}

/** The same for one that is called without a signature. */
export function bindUnsigned<Context, Who extends Asker>(
  context: Context,
  action: UnsignedAction<NoInfer<Context>, unknown, unknown, Who>,
): BoundUnsignedAction {
  return {
    async open(input) {
      const who = await action.identify(input, context)
      return {
        who,
        permissions: async () => action.permissions(input, who, context),
        run: () => action.run(input, who, context),
      }
    },
  }
}
