import type { HttpResponse } from '../../http/exchange.ts'
import type { AwsRequest } from '../aws-request.ts'
import type { Fault } from '../fault.ts'
import { writeJson } from '../json/write-json.ts'
import type { Target } from '../target.ts'
import { writeXml } from './write-xml.ts'
import { element, escapeXml } from './xml.ts'

/** An operation's answer: XML, or JSON for a GET that asks for it. */
export function writeQueryOutput(request: AwsRequest, target: Target, output: unknown): HttpResponse {
  return asksForJson(request)
    ? jsonReply(request, 200, outputAsJson(request, target, output))
    : xmlReply(request, 200, outputAsXml(request, target, output))
}

/** An error's answer, in the same form as the operation's answer would have had. */
export function writeQueryFault(request: AwsRequest, target: Target | undefined, fault: Fault): HttpResponse {
  return asksForJson(request)
    ? jsonReply(request, fault.status, faultAsJson(request, fault))
    : xmlReply(request, fault.status, faultAsXml(request, target, fault))
}

function asksForJson({ method, headers }: AwsRequest): boolean {
  return method === 'GET' && headers.all('accept').some((value) => value.includes('application/json'))
}

function outputAsXml({ id }: AwsRequest, { served, operation }: Target, output: unknown): string {
  const { name, resultWrapper } = operation
  const members = writeXml(operation.output, output)
  const result = resultWrapper === undefined ? members : element(resultWrapper, members)
  const metadata = element('ResponseMetadata', element('RequestId', escapeXml(id)))
  return element(`${name}Response`, result + metadata, served.model.xmlNamespace)
}

function outputAsJson({ id }: AwsRequest, { operation }: Target, output: unknown): object {
  const { name, resultWrapper } = operation
  const members = writeJson(operation.output, output)
  const result = resultWrapper === undefined ? members : { [resultWrapper]: members }
  return { [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: id } } }
}

function faultAsXml({ id }: AwsRequest, target: Target | undefined, fault: Fault): string {
  const error =
    element('Type', senderOrReceiver(fault)) +
    element('Code', escapeXml(fault.code)) +
    element('Message', escapeXml(fault.message))
  const content = element('Error', error) + element('RequestId', escapeXml(id))
  return element('ErrorResponse', content, target?.served.model.xmlNamespace)
}

function faultAsJson({ id }: AwsRequest, fault: Fault): object {
  const error = { Type: senderOrReceiver(fault), Code: fault.code, Message: fault.message }
  return { ErrorResponse: { Error: error, RequestId: id } }
}

function senderOrReceiver({ status }: Fault): 'Sender' | 'Receiver' {
  return status < 500 ? 'Sender' : 'Receiver'
}

function xmlReply({ id }: AwsRequest, status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-RequestId': id }, body }
}

function jsonReply({ id }: AwsRequest, status: number, content: object): HttpResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-RequestId': id }
  return { status, headers, body: JSON.stringify(content) }
}
