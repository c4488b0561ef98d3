/**
 * An AWS SDK shape as it is once the service model has checked it: the members that the model requires are there, and nobody
 * may change it. (The SDK's own types allow `undefined` everywhere.)
 */
export type Checked<Shape> = Shape extends Date | Uint8Array
  ? Shape
  : Shape extends object
    ? { readonly [Member in keyof Shape]: Checked<Exclude<Shape[Member], undefined>> }
    : Shape
