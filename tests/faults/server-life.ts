import { setTimeout as delay } from 'node:timers/promises'
import { ECRServiceException } from '@aws-sdk/client-ecr'
import type { BerthProcess } from '../support/berth-process.ts'
import { UploadInterruptedError } from '../support/push-image.ts'
import { UnexpectedAnswerError } from '../support/registry-client.ts'
import { type Doors, type PlannedPush, perform } from './planned-push.ts'

const WORKERS = 6

/** When a server is killed: so many milliseconds after so many pushes were acknowledged. */
export interface Fate {
  readonly pushes: number
  readonly milliseconds: number
}

/** What clients know of one life of a server, from its start until `kill -9`. */
export class ServerLife {
  readonly acknowledged: PlannedPush[] = []
  readonly interrupted: PlannedPush[] = []
  readonly uploads: { readonly push: PlannedPush; readonly upload: UploadInterruptedError }[] = []
  readonly #berth: BerthProcess
  readonly #doors: Doors
  readonly #fate: Fate
  #death: Promise<void> | undefined

  constructor(berth: BerthProcess, doors: Doors, fate: Fate) {
    this.#berth = berth
    this.#doors = doors
    this.#fate = fate
  }

  /** Takes pushes from the queue, several at a time, until the server is killed; false when the queue ends before. */
  async live(queue: PlannedPush[]): Promise<boolean> {
    await Promise.all(Array.from({ length: WORKERS }, () => this.#work(queue)))
    await this.#death
    return this.#death !== undefined
  }

  async #work(queue: PlannedPush[]): Promise<void> {
    for (let push = queue.shift(); push; push = queue.shift()) {
      if (this.acknowledged.length >= this.#fate.pushes) this.#death ??= this.#die()
      if (!(await this.#isAcknowledged(push))) return
    }
  }

  async #die(): Promise<void> {
    await delay(this.#fate.milliseconds)
    await this.#berth.kill()
  }

  async #isAcknowledged(push: PlannedPush): Promise<boolean> {
    try {
      await perform(push, this.#doors)
      this.acknowledged.push(push)
      return true
    } catch (error) {
      if (!this.#death || isAnswer(error)) throw error
      this.interrupted.push(push)
      if (error instanceof UploadInterruptedError) this.uploads.push({ push, upload: error })
      return false
    }
  }
}

/** Whether the server said no, which it never has a reason to here; a broken connection is no answer. */
function isAnswer(error: unknown): boolean {
  if (error instanceof UploadInterruptedError) return isAnswer(error.cause)
  return error instanceof UnexpectedAnswerError || error instanceof ECRServiceException
}
