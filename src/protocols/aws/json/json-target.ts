import type { AwsRequest } from '../aws-request.ts'
import type { Offer } from '../served-service.ts'
import type { Target } from '../target.ts'
import { parseJson } from './parse-json.ts'
import { readJson } from './read-json.ts'

/** What an offer becomes once a request asks for it with a JSON body. */
export function jsonTarget(offer: Offer, request: AwsRequest): Target {
  return {
    ...offer,
    readBody: (stop) => request.readBody(offer.served.manners.bodyLimit, stop),
    readInput: (body) => readJson(offer.operation.input, parseJson(body)),
  }
}
