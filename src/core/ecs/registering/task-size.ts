import { EcsClientError } from '../errors.ts'

/**
 * CPU units of a task as a decimal number.
 *
 * @throws EcsClientError unless it is a whole number of units from 128 to 196608
 * @see Amazon ECS developer guide, "Task definition parameters", Task size
 * @example
 * readTaskCpu('.5 vCPU') // '512'
 */
export function readTaskCpu(text: string): string {
  const units = amount(text, { unit: 'vcpu', times: 1024 })
  if (units < 128 || units > 196_608) throw new EcsClientError("Invalid 'cpu' setting for task.")
  return String(units)
}

/**
 * MiB of a task as a decimal number.
 *
 * @throws EcsClientError unless it is a whole number of at least 4 MiB
 * @example
 * readTaskMemory('1 GB') // '1024'
 */
export function readTaskMemory(text: string): string {
  const mebibytes = amount(text, { unit: 'gb', times: 1024 })
  if (mebibytes < 4) throw new EcsClientError("Invalid 'memory' setting for task.")
  return String(mebibytes)
}

/** A whole number, or a decimal fraction of a larger unit; -1 for any other text. */
function amount(text: string, { unit, times }: { readonly unit: string; readonly times: number }): number {
  const [, number = '', larger = ''] = /^\s*(\d{1,9}|\d{0,6}\.\d{1,6})\s*([a-z]*)\s*$/i.exec(text) ?? []
  const value = Number.parseFloat(number)
  if (larger === '') return Number.isInteger(value) ? value : -1
  const product = value * times
  return larger.toLowerCase() === unit && Number.isInteger(product) ? product : -1
}

const gibibyte = 1024

/** What memory Fargate offers for how much CPU: from, to, and in which steps, in MiB. */
const fargateSizes: ReadonlyMap<
  number,
  { readonly from: number; readonly to: number; readonly step: number }
> = new Map([
  [512, { from: gibibyte, to: 4 * gibibyte, step: gibibyte }],
  [1024, { from: 2 * gibibyte, to: 8 * gibibyte, step: gibibyte }],
  [2048, { from: 4 * gibibyte, to: 16 * gibibyte, step: gibibyte }],
  [4096, { from: 8 * gibibyte, to: 30 * gibibyte, step: gibibyte }],
  [8192, { from: 16 * gibibyte, to: 60 * gibibyte, step: 4 * gibibyte }],
  [16_384, { from: 32 * gibibyte, to: 120 * gibibyte, step: 8 * gibibyte }],
])

/** Whether Fargate has tasks of this size. @see Amazon ECS developer guide, "Task size", Fargate */
export function isFargateSize(cpu: number, memory: number): boolean {
  if (cpu === 256) return [512, 1024, 2048].includes(memory)
  const size = fargateSizes.get(cpu)
  if (size === undefined || memory < size.from || memory > size.to) return false
  return (memory - size.from) % size.step === 0
}
