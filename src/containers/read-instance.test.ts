import { expect, test } from 'vitest'
import { readInstance } from './read-instance.ts'

const docker = {
  ID: 'one',
  Name: 'box',
  DockerRootDir: '/var/lib/docker',
  NCPU: 2,
  MemTotal: 4 * 1024 ** 3,
  Architecture: 'x86_64',
  ServerVersion: '20.10.24',
}

test('an engine is an instance of the same id for as long as it tells the same id', () => {
  expect(readInstance(docker).id).toBe(readInstance({ ...docker, Name: 'renamed' }).id)
  expect(readInstance({ ...docker, ID: 'another' }).id).not.toBe(readInstance(docker).id)
})

test('Podman, which tells another id each time, is known by its machine and its folder', () => {
  const podman = { ...docker, BuildahVersion: '1.28.2' }
  const { id } = readInstance(podman)
  expect(readInstance({ ...podman, ID: 'another' }).id).toBe(id)
  expect(readInstance({ ...podman, DockerRootDir: '/home/me/storage' }).id).not.toBe(id)
})
