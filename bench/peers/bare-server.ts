import { createServer } from 'node:http'

// Answers everything with a manifest's headers and as many bytes as the benchmark's manifest has, and looks at nothing.
const digest = `sha256:${'0'.repeat(64)}`
const body = 'm'.repeat(1333)
const headers = {
  'content-type': 'application/vnd.oci.image.manifest.v1+json',
  'content-length': body.length,
  'docker-content-digest': digest,
  'docker-distribution-api-version': 'registry/2.0',
  etag: `"${digest}"`,
  'x-content-type-options': 'nosniff',
}
const server = createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(body, 'latin1')
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}\n`)
})
