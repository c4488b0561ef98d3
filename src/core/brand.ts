declare const brand: unique symbol

/** A value that only its own parser makes; past the edge nobody checks it again. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
