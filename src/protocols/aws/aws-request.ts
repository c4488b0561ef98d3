import type { Surroundings } from '../../access/surroundings.ts'
import type { ExchangeNotes } from '../../observability/exchange-notes.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { surroundingsOf } from '../surroundings.ts'
import { HeaderFields } from './header-fields.ts'
import { type Parameter, parseParameters } from './query-string.ts'
import { readBody } from './read-body.ts'

/** A request taken apart as far as every AWS protocol needs it; the body waits until it is asked for. */
export class AwsRequest {
  readonly id: string
  readonly method: string
  /** As received: not decoded, not normalised. */
  readonly path: string
  readonly queryString: string
  readonly headers: HeaderFields
  /** What is learnt about the request goes here. */
  readonly notes: ExchangeNotes
  /** @see HttpRequest.isSurplus */
  readonly isSurplus: boolean
  readonly #http: HttpRequest
  #query: readonly Parameter[] | undefined

  constructor(http: HttpRequest) {
    const mark = http.url.indexOf('?')
    this.id = http.id
    this.method = http.method
    this.path = mark === -1 ? http.url : http.url.slice(0, mark)
    this.headers = new HeaderFields(http.rawHeaders)
    this.queryString = mark === -1 ? '' : http.url.slice(mark + 1)
    this.notes = http.notes
    this.isSurplus = http.isSurplus ?? false
    this.#http = http
  }

  /** The URL's parameters, decoded. @throws RefusalError malformed-input */
  get query(): readonly Parameter[] {
    this.#query ??= parseParameters(this.queryString)
    return this.#query
  }

  /** Scheme and host the client reached this server by. @throws RefusalError when there are several hosts */
  get endpoint(): string {
    return `${this.#http.scheme}://${this.headers.one('host') ?? ''}`
  }

  get surroundings(): Surroundings {
    return surroundingsOf(this.#http)
  }

  /** How many bytes the client says its body has; undefined when it doesn't say. */
  get announcedBytes(): number | undefined {
    const announced = this.headers.all('content-length')[0]
    return announced === undefined ? undefined : Number(announced)
  }

  get hasBody(): boolean {
    return this.headers.has('content-length') || this.headers.has('transfer-encoding')
  }

  /**
   * Reads the whole body, which can be done once. Nothing here holds on to it, so a large one is free as soon as its reader
   * lets it go. When `stop` aborts, the rest stays unread.
   *
   * @throws RefusalError body-too-large, body-cut-short
   */
  readBody(limit: number, stop?: AbortSignal): Promise<Buffer> {
    const { body } = this.#http
    const signal = stop === undefined ? this.#http.signal : AbortSignal.any([this.#http.signal, stop])
    return readBody(body, { limit, signal, length: this.headers.all('content-length')[0] })
  }
}
