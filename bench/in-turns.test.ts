import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

test('both sides take turns, and the first turn of each does not count', async () => {
  const order: string[] = []
  const turns = await inTurns(
    2,
    async () => order.push('berth'),
    async () => order.push('peer'),
  )
  expect(order).toEqual(['berth', 'peer', 'berth', 'peer', 'berth', 'peer'])
  expect(turns).toEqual({ berth: [3, 5], peer: [4, 6] })
})

test('without a peer Berth is measured alone', async () => {
  expect(await inTurns(3, async () => 1)).toEqual({ berth: [1, 1, 1], peer: [] })
})
