/**
 * CONTRACT. Seals JSON values into opaque text that only this key can make: base64url JSON, a dot, base64url HMAC-SHA256
 * over purpose and payload. Contains no `:`. `open` is constant-time and undefined for anything not sealed so.
 */
export declare class Seal {
  /** `purpose` keeps one kind of sealed value from being taken for another. `key` is at least 32 bytes. */
  constructor(key: Uint8Array, purpose: string)
  seal(value: unknown): string
  open(text: string): unknown
}
