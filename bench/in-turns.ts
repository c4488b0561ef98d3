/** Measures once and resolves to a number in the row's unit. */
export type Contestant = () => Promise<number>

export interface Turns {
  readonly berth: readonly number[]
  readonly peer: readonly number[]
}

/**
 * Measures Berth, its peer, Berth, its peer and so on, after one turn each that doesn't count, so that a machine that
 * is busy for a while is busy for both. Without a peer its samples are empty.
 */
export async function inTurns(rounds: number, berth: Contestant, peer?: Contestant): Promise<Turns> {
  await berth()
  await peer?.()
  const turns = { berth: [] as number[], peer: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    turns.berth.push(await berth())
    if (peer !== undefined) turns.peer.push(await peer())
  }
  return turns
}
