import { createHash } from 'node:crypto'
import { escapeHtml } from '../../core/escape-html.ts'
import type { HttpDoor } from '../http/exchange.ts'
import { only } from '../http/only.ts'
import { startPageStyle } from './start-page-style.ts'

/** What the page says of this Berth; nothing of it is secret. */
export interface StartPageFacts {
  readonly version: string
  readonly account: string
  readonly region: string
  /** Host and port that docker uses. */
  readonly registryHost: string
  readonly dev: boolean
}

/**
 * The page at `/`: what is running, how to use it, and the way to the console. It loads nothing and runs no script,
 * and its policy allows it neither.
 */
export function startPage(facts: StartPageFacts): HttpDoor {
  const body = render(facts)
  const styleHash = createHash('sha256').update(startPageStyle).digest('base64')
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  return only(['GET', 'HEAD'], async () => ({ status: 200, headers, body }))
}

function render({ version, account, region, registryHost, dev }: StartPageFacts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Berth</title>
<style>${startPageStyle}</style>
</head>
<body>
<main>
${dev ? '<p class="notice" role="note"><strong>Development mode.</strong> Anyone who reaches this port can read, change and reset everything.</p>' : ''}
<header>
<h1>Berth</h1>
<p>Amazon ECR that anyone can run. <span class="state">Running</span></p>
</header>
<dl>
${fact('Registry', registryHost)}
${fact('Account', account)}
${fact('Region', region)}
${fact('Version', version)}
</dl>
<h2>Push a first image</h2>
<p>In a shell where the aws command line, Docker and this Berth's folder are at hand:</p>
<pre><code>${escapeHtml(journey(registryHost))}</code></pre>
<h2>Or look around</h2>
<p><a href="/console/">The console</a> shows repositories and images, tags and their history, and who did what. <code>npx berth console</code>
prints a link that signs you in.</p>
</main>
</body>
</html>
`
}

function fact(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`
}

function journey(registryHost: string): string {
  return `eval "$(npx berth env)"
aws ecr create-repository --repository-name hello
aws ecr get-login-password | docker login --username AWS --password-stdin ${registryHost}
docker build -t ${registryHost}/hello:v1 .
docker push ${registryHost}/hello:v1
aws ecr describe-images --repository-name hello`
}
