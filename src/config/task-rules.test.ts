import { expect, test } from 'vitest'
import { parseTaskFolders } from './task-rules.ts'

test('folders are paths from the root', () => {
  expect(parseTaskFolders('/srv/shared, /srv/media')).toEqual(new Set(['/srv/shared', '/srv/media']))
  for (const text of ['srv', '/srv/../etc']) expect(parseTaskFolders(text)).toBeUndefined()
})

test('no folder lies below another, where a task could put a link to anywhere in its place', () => {
  for (const text of ['/srv,/srv/media', '/srv/media,/srv/', '/,/srv']) {
    expect(parseTaskFolders(text)).toBeUndefined()
  }
  expect(parseTaskFolders('/srv/media,/srv/media2')?.size).toBe(2)
})
