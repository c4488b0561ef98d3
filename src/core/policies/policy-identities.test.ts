import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NamedIdentity } from '../iam/named-identity.ts'
import { parseAccountId } from '../names/account-id.ts'
import { identitiesIn, withArns, withIds } from './policy-identities.ts'
import { home } from './testing/policy-world.ts'

const account = parseAccountId(home)
const ann: NamedIdentity = {
  entity: { id: 'AIDA0000000000000ANN', account, kind: 'user', name: 'ann', path: '/' },
  session: undefined,
}
const build: NamedIdentity = {
  entity: { id: 'AROA00000000000BUILD', account, kind: 'role', name: 'build', path: '/ci/' },
  session: undefined,
}
const arns = {
  ann: `arn:aws:iam::${home}:user/ann`,
  build: `arn:aws:iam::${home}:role/ci/build`,
  run: `arn:aws:sts::${home}:assumed-role/build/run`,
}
const known = new Map([
  [arns.ann, ann],
  [arns.build, build],
  [arns.run, { ...build, session: 'run' }],
])
const knownIds = new Map([
  ['AIDA0000000000000ANN', ann],
  ['AROA00000000000BUILD', build],
  ['AROA00000000000BUILD:run', { ...build, session: 'run' }],
])

const idOf = new Map([...known.keys()].map((name, at) => [name, [...knownIds.keys()][at]]))

const federated = `arn:aws:sts::${home}:federated-user/ann`
const others = ['*', home, `arn:aws:iam::${home}:root`, federated]

test('only users, roles and their sessions are identities, wherever a principal may stand', () => {
  const text = JSON.stringify({
    Id: arns.build,
    Statement: [
      { Principal: { AWS: [arns.ann, ...others], Service: 'sns.amazonaws.com' }, Resource: arns.build },
      { NotPrincipal: { AWS: arns.run, Federated: arns.build } },
      { Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': arns.build, AWS: arns.build } } },
    ],
  })
  expect(identitiesIn(text)).toEqual([arns.ann, arns.run])
})

test('a name is known however its letters are written, and one statement need not be in a list', () => {
  const escaped = arns.ann.replaceAll('/', '\\/').replace('n', '\\u006e')
  const text = `{"Statement":{"Pri\\u006ecipal" : {"AWS" :"${escaped}"}}}`
  expect(withIds(text, known)).toBe('{"Statement":{"Pri\\u006ecipal" : {"AWS" :"AIDA0000000000000ANN"}}}')
})

describe('whatever a policy says and however it is written', () => {
  const name = fc.constantFrom(...Object.values(arns), ...others)
  const text = fc.oneof(fc.string(), name, fc.constantFrom('Principal', 'AWS', '"}{', ',"AWS":"'))
  const principal = fc.oneof(name, fc.array(name, { minLength: 1 })).map((AWS) => ({ AWS }))
  const statement = fc.record(
    {
      Sid: text,
      Condition: fc.dictionary(text, fc.dictionary(text, fc.oneof(text, fc.array(text)))),
      Principal: principal,
      Resource: fc.array(text),
      NotPrincipal: principal,
    },
    { requiredKeys: [] },
  )
  const policy = fc.record({ Id: text, Statement: fc.oneof(statement, fc.array(statement)), AWS: name })
  const space = fc.constantFrom(undefined, 1, '\t')

  test('its principals have ids instead of names, and it is the same otherwise, to the last blank', () => {
    fc.assert(
      fc.property(policy, space, ({ Statement, ...rest }, blanks) => {
        const print = (value: unknown) => JSON.stringify({ ...rest, Statement: value }, null, blanks)
        const bound = Array.isArray(Statement) ? Statement.map(boundStatement) : boundStatement(Statement)
        expect(withIds(print(Statement), known)).toBe(print(bound))
        expect(withArns(print(bound), knownIds)).toBe(print(Statement))
      }),
    )
  })
})

type Statement = Readonly<Record<string, unknown>>

function boundStatement(statement: Statement): Statement {
  const members = Object.entries(statement).map(([name, value]) =>
    name === 'Principal' || name === 'NotPrincipal' ? [name, boundNames(value)] : [name, value],
  )
  return Object.fromEntries(members)
}

function boundNames(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) => idOf.get(each) ?? each)
}
