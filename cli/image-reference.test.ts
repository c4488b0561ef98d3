import { expect, test } from 'vitest'
import { parseImageReference } from './image-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each([
  ['app', { repositoryName: 'app' }],
  ['team/app:v1.0', { repositoryName: 'team/app', tag: 'v1.0' }],
  [`team/app@${digest}`, { repositoryName: 'team/app', digest }],
  [`team/app:v1@${digest}`, { repositoryName: 'team/app', tag: 'v1', digest }],
  ['my.team/app', { repositoryName: 'my.team/app' }],
  ['localhost:4566/team/app:v1', { repositoryName: 'team/app', tag: 'v1' }],
  ['localhost/app', { repositoryName: 'app' }],
  ['registry.example.com:5000/app', { repositoryName: 'app' }],
  ['000000000000.dkr.ecr.us-east-1.amazonaws.com/team/app:v1', { repositoryName: 'team/app', tag: 'v1' }],
])('%s is understood', (text, expected) => {
  expect(parseImageReference(text)).toEqual({ tag: undefined, digest: undefined, ...expected })
})

test.each(['', ':v1', '@sha256:1', 'app:v1:v2', 'app@a@b'])('%j is refused', (text) => {
  expect(() => parseImageReference(text)).toThrow(`This names no repository: ${text}`)
})
