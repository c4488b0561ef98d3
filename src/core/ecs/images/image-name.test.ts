import { expect, test } from 'vitest'
import { readImageName, referenceOf } from './image-name.ts'

const digest = `sha256:${'1'.repeat(64)}`

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['docker.io/nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['index.docker.io/team/app', 'docker.io/team/app:latest'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:4566/team/app', 'localhost:4566/team/app:latest'],
  ['registry.example.com/app:v1', 'registry.example.com/app:v1'],
  [`localhost:4566/app:v1@${digest}`, `localhost:4566/app@${digest}`],
  [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
])('%s is known as %s', (name, reference) => {
  expect(referenceOf(name)).toBe(reference)
  expect(referenceOf(reference)).toBe(reference)
})

test('a name has its tag and its digest beside its repository', () => {
  expect(readImageName(`app:v1@${digest}`)).toEqual({
    repository: 'docker.io/library/app',
    tag: 'v1',
    digest,
  })
  expect(readImageName('localhost:4566/app')).toEqual({ repository: 'localhost:4566/app' })
})
