import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseRegion } from '../core/names/region.ts'
import { bindActions } from './bind-actions.ts'
import type { Action, Call } from './service.ts'

interface Greeter {
  readonly greeting: string
}

const greet: Action<Greeter, { readonly name: string }, { readonly text: string }> = {
  operation: 'Greet',
  permissions: ({ name }, call) => [{ action: 'test:Greet', resource: name, owner: call.registry.account }],
  run: async ({ name }, _call, { greeting }) => ({ text: `${greeting}, ${name}` }),
}

test('an action is found under its operation and runs with its context', async () => {
  const action = bindActions({ greeting: 'Ahoy' }, [greet]).get('Greet')
  expect(await action?.run({ name: 'Ada' }, anyCall())).toEqual({ text: 'Ahoy, Ada' })
})

test('an action tells the permissions its input needs', async () => {
  const action = bindActions({ greeting: 'Ahoy' }, [greet]).get('Greet')
  expect(await action?.permissions({ name: 'Ada' }, anyCall())).toEqual([
    { action: 'test:Greet', resource: 'Ada', owner: '000000000000' },
  ])
})

test('two actions for one operation are a mistake of the service', () => {
  expect(() => bindActions({ greeting: 'Ahoy' }, [greet, greet])).toThrow('Greet has two actions')
})

function anyCall(): Call {
  const account = parseAccountId('000000000000')
  const region = parseRegion('us-east-1')
  return {
    caller: { account, arn: `arn:aws:iam::${account}:root`, userId: account },
    registry: { account, region },
    surroundings: { sourceIp: '127.0.0.1', isSecure: false },
    requestId: 'request-1',
    endpoint: 'http://localhost:4566',
    pages: { position: undefined, next: String },
  }
}
