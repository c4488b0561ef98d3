import { describe, expect, test } from 'vitest'
import { needsOf, placeTasks } from './place-tasks.ts'

const instance = {
  id: 'a'.repeat(32),
  cpu: 2048,
  memory: 1000,
  architecture: 'x86_64',
  engineVersion: '27.0',
}
const small = { cpu: 512, memory: 100, ports: [] }
const closest = `The closest matching (container-instance ${instance.id})`

describe('an instance', () => {
  test('has room for as many tasks as its CPU and memory last', () => {
    expect(placeTasks(instance, [], { needs: small, count: 4 })).toEqual({ fits: 4 })
    expect(placeTasks(instance, [small], { needs: small, count: 4 })).toEqual({
      fits: 3,
      obstacle: { text: `${closest} has insufficient CPU units available.`, reason: 'RESOURCE:CPU' },
    })
    expect(placeTasks(instance, [], { needs: { ...small, memory: 600 }, count: 2 })).toEqual({
      fits: 1,
      obstacle: { text: `${closest} has insufficient memory available.`, reason: 'RESOURCE:MEMORY' },
    })
  })

  test('gives each of its ports once', () => {
    const needs = { ...small, ports: ['80/tcp'] }
    const obstacle = {
      text: `${closest} is already using a port required by your task.`,
      reason: 'RESOURCE:PORTS',
    }
    expect(placeTasks(instance, [], { needs, count: 1 })).toEqual({ fits: 1 })
    expect(placeTasks(instance, [], { needs, count: 2 })).toEqual({ fits: 1, obstacle })
    expect(placeTasks(instance, [needs], { needs, count: 1 })).toEqual({ fits: 0, obstacle })
    expect(placeTasks(instance, [{ ...small, ports: ['80/udp'] }], { needs, count: 1 })).toEqual({ fits: 1 })
  })
})

test.each([
  [
    { cpu: '256', memory: '512' },
    { cpu: 256, memory: 512 },
  ],
  [{}, { cpu: 96, memory: 80 }],
])('a task takes what %j of it says, or what its containers take together', (task, taken) => {
  const containerDefinitions = [
    { name: 'a', cpu: 64, memory: 64, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
    { name: 'b', cpu: 32, memory: 64, memoryReservation: 16, portMappings: [{ containerPort: 81 }] },
  ]
  expect(needsOf({ containerDefinitions, ...task })).toEqual({ ...taken, ports: ['8080/tcp'] })
  expect(needsOf({ containerDefinitions, networkMode: 'awsvpc', ...task }).ports).toEqual([])
})
