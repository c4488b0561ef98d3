import { expect, test } from 'vitest'
import { repoDigest } from './repo-digest.ts'

const [wanted, other] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`)

test.each([
  ['app:v1', 'app'],
  ['app', 'docker.io/library/app'],
  ['docker.io/library/app:v1', 'app'],
  ['index.docker.io/team/app', 'team/app'],
  ['localhost/app:v1', 'localhost/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['registry.example.com:5000/team/app:v1', 'registry.example.com:5000/team/app'],
  [`registry.example.com/app@${wanted}`, 'registry.example.com/app'],
])('the digest of %s is that of %s', (name, repository) => {
  const others = ['mirror.example.com/app', 'other/app', 'localhost:5001/app', 'registry.example.com/team']
  const known = [...others.map((one) => `${one}@${other}`), `${repository}@${wanted}`]
  expect(repoDigest(name, known)).toBe(wanted)
  expect(repoDigest(name, known.slice(0, -1))).toBeUndefined()
})
