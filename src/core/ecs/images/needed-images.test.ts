import { expect, test } from 'vitest'
import { digestOf } from '../../names/digest.ts'
import { parseRepositoryName } from '../../names/repository-name.ts'
import { newDeployment } from '../scheduling/deployment.ts'
import { newService } from '../scheduling/testing/scheduled-world.ts'
import { sampleTask } from '../testing/sample-task.ts'
import { neededImages } from './needed-images.ts'

const digestFor = (digit: string) => digestOf('sha256', digit.repeat(64))

test('tasks need what they run: by digest, or by name while none is known', () => {
  const { cluster } = sampleTask([])
  const { account, region } = cluster
  const repository = { account, region, name: parseRepositoryName('web') }
  const known = sampleTask([{ repository, digest: digestFor('1') }])
  const unknown = sampleTask([undefined], { number: 1 })
  expect(neededImages([known, unknown], [])).toEqual({
    digests: new Set([digestFor('1')]),
    references: new Set(['docker.io/library/web:latest']),
  })
})

test('services need what their deployments pin, and what they would go back to', () => {
  const deployment = (digit: string, image: string, digests = {}) => {
    const content = { containerDefinitions: [{ name: 'web', image }] }
    const begun = newDeployment({ family: 'web', revision: 1, content }, digit.padStart(32, '0'), 0)
    return { ...begun, digests }
  }
  const service = newService({
    deployments: [
      deployment('1', 'web:v2', { web: digestFor('2') }),
      deployment('2', `web@${digestFor('3')}`),
      deployment('3', 'nginx'),
    ],
    lastCompleted: deployment('4', 'web:v1', { web: digestFor('1') }),
  })
  expect(neededImages([], [service])).toEqual({
    digests: new Set(['1', '2', '3'].map(digestFor)),
    references: new Set(['docker.io/library/nginx:latest']),
  })
})
