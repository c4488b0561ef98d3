import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../tests/support/free-port.ts'
import type { Scratch } from '../scratch.ts'
import { environment, versionOf } from './installed.ts'
import { type Server, serverOf, waitUntilItAnswers } from './server-process.ts'

export const nginx = 'nginx'

export function nginxVersion(): string | undefined {
  return versionOf(nginx, '-v')
}

/**
 * Serves the files of `folder` the fastest way it has: a worker for each core, sendfile, full packets, no log and
 * connections that stay open. Resolves to undefined when it isn't installed.
 */
export async function startNginx(scratch: Scratch, folder: string): Promise<Server | undefined> {
  if (nginxVersion() === undefined) return undefined
  const port = await freePort()
  const home = scratch.newFolder('nginx-home')
  const file = join(home, 'nginx.conf')
  writeFileSync(file, configuration(home, folder, port))
  const child = scratch.spawn(nginx, ['-p', home, '-c', file, '-e', join(home, 'error.log')], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await waitUntilItAnswers(child, `http://127.0.0.1:${port}/`)
  return serverOf(child, { name: nginx, port })
}

function configuration(home: string, folder: string, port: number): string {
  // Started by root, its workers would become a user who may not read the scratch folder.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  return `${user}
daemon off;
worker_processes auto;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 1024; }
http {
  sendfile on;
  tcp_nopush on;
  access_log off;
  keepalive_requests 1000000;
  client_body_temp_path ${home}/client;
  proxy_temp_path ${home}/proxy;
  fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;
  server { listen 127.0.0.1:${port}; root ${folder}; }
}
`
}
