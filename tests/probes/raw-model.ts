import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A shape as AWS's model file has it; read here apart from the server's own reader, which these tests try. */
export interface RawShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly key?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
}

export interface RawOperation {
  readonly input: { readonly shape: string }
  readonly output: { readonly shape: string }
  readonly errors?: readonly string[]
}

export interface RawModel {
  readonly metadata: { readonly targetPrefix: string }
  readonly operations: Readonly<Record<string, RawOperation>>
  readonly shapes: Readonly<Record<string, RawShape>>
}

/** The service model of ECR as AWS publishes it. */
export function readEcrModel(): RawModel {
  const file = join(import.meta.dirname, '../../src/protocols/aws/models/ecr.json')
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** @throws RangeError for a name that the model lacks */
export function shapeOf({ shapes }: RawModel, name: string): RawShape {
  const shape = shapes[name]
  if (shape === undefined) throw new RangeError(`The model has no shape ${name}`)
  return shape
}

/** Whether a text is as a shape's pattern wants it, as a whole. */
export function fitsPattern({ pattern }: RawShape, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text)
}
