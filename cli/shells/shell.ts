/** A language in which `berth env` can speak. Each part is one statement, ended so that the next may follow in its line. */
export interface Shell {
  export(name: string, value: string): string
  /** Takes a variable away; nothing happens when there is none. */
  unset(name: string): string
  /** Has `aws` say `--endpoint-url`, for a command line that reads no AWS_ENDPOINT_URL. */
  readonly wrapAws: string
}
