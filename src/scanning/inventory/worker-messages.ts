import type { LayerInventory } from '../../core/scanning/layer-inventory.ts'
import type { LayerLimits } from './limits.ts'

/** What a worker is started with; the layer comes through its standard input. */
export interface WorkerTask {
  readonly limits: LayerLimits
  readonly folder: string
}

/** What it writes to its standard output. */
export type WorkerAnswer = { readonly inventory: LayerInventory } | { readonly unreadable: string }

export function writeWorkerTask(task: WorkerTask): string {
  return JSON.stringify(task)
}

/** The text comes from `writeWorkerTask`. */
export function parseWorkerTask(text: string): WorkerTask {
  return JSON.parse(text)
}

/** The text comes from the worker. */
export function parseWorkerAnswer(text: string): WorkerAnswer {
  return JSON.parse(text)
}
