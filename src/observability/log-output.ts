/** Where log lines go, such as the standard error. */
export interface LogOutput {
  /** Whether a person looks at it. */
  readonly isTTY?: boolean
  write(text: string): unknown
}
