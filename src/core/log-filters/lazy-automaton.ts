/** Whether a UTF-16 code unit fits. */
export type Code = (code: number) => boolean

/** What fits so many times, one after another. */
export interface Item {
  readonly fits: Code
  readonly least: number
  /** Infinity where there is no most. */
  readonly most: number
}

/** One of the alternatives of an expression. */
export interface Branch {
  readonly items: readonly Item[]
  readonly fromStart: boolean
  readonly toEnd: boolean
}

/** A place in a branch: what may come next, and where that leads. */
interface State {
  readonly fits: Code
  /** Numbers of the states after what fits, and of those that are reached without anything. */
  readonly next: number
  readonly without: number | undefined
}

/** All states that a text can be in by now. */
interface Situation {
  readonly states: readonly number[]
  readonly after: Map<number, Situation>
  /** Whether the text fits, whatever follows; or if nothing does. */
  readonly fits: boolean
  readonly fitsAtEnd: boolean
}

/** Situations that are kept; beyond them it begins anew, so that no text makes it grow. */
const mostKept = 1_000

/**
 * Whether a text has something that fits one of the branches, found in one walk through it: situations are made when a text comes to
 * them and then kept, so that each character is one look-up mostly.
 */
export function lazyAutomaton(branches: readonly Branch[]): (text: string) => boolean {
  const { states, starts, ends, ever } = statesOf(branches)
  let kept = new Map<string, Situation>()

  function situationOf(numbers: Iterable<number>): Situation {
    const all = [...closure(states, numbers)].sort((one, other) => one - other)
    const key = all.join()
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept = new Map()
    const fits = all.some((state) => ends.has(state) && !ends.get(state))
    const situation = { states: all, after: new Map(), fits, fitsAtEnd: all.some((state) => ends.has(state)) }
    kept.set(key, situation)
    return situation
  }

  function step(from: Situation, code: number): Situation {
    const reached = from.states.flatMap((number) => {
      const state = states[number]
      return state?.fits(code) ? [state.next] : []
    })
    const to = situationOf([...reached, ...ever])
    if (from.after.size < mostKept) from.after.set(code, to)
    return to
  }

  return (text) => {
    let situation = situationOf(starts)
    for (let at = 0; at < text.length && !situation.fits; at++) {
      const code = text.charCodeAt(at)
      situation = situation.after.get(code) ?? step(situation, code)
    }
    return situation.fits || situation.fitsAtEnd
  }
}

/** The states of all branches in one list, where they start, and the ends: whether the text has to end there, too. */
function statesOf(branches: readonly Branch[]) {
  const states: (State | undefined)[] = []
  const starts: number[] = []
  const ever: number[] = []
  const ends = new Map<number, boolean>()
  for (const { items, fromStart, toEnd } of branches) {
    starts.push(states.length)
    if (!fromStart) ever.push(states.length)
    for (const item of items) states.push(...statesOfItem(item, states.length))
    ends.set(states.length, toEnd)
    states.push(undefined)
  }
  return { states, starts, ends, ever }
}

function statesOfItem({ fits, least, most }: Item, first: number): State[] {
  const isEndless = !Number.isFinite(most)
  const count = isEndless ? least + 1 : most
  return Array.from({ length: count }, (_, place) => {
    const number = first + place
    const isLoop = isEndless && place === least
    return { fits, next: isLoop ? number : number + 1, without: place >= least ? number + 1 : undefined }
  })
}

function closure(states: readonly (State | undefined)[], numbers: Iterable<number>): Set<number> {
  const all = new Set<number>()
  for (const number of numbers) {
    for (let at: number | undefined = number; at !== undefined && !all.has(at); at = states[at]?.without)
      all.add(at)
  }
  return all
}
