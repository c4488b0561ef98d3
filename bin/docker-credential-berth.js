#!/usr/bin/env node
// What docker runs for a registry that its configuration names the helper `berth` for.
process.argv.splice(2, 0, 'docker-credential')
await import('./berth.js')
