import { defineConfig } from 'vitest/config'

const light = [
  'src/{config,core,observability,outbound,protocols,services}/**/*.test.ts',
  'cli/**/*.test.ts',
  'bench/**/*.test.ts',
  'console/**/*.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A machine with much to do takes longer; what comes at once is seen at once all the same.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      // What keeps nothing between calls: its tests share what is loaded, which takes longer than they do.
      { extends: true, test: { name: 'light', include: light, isolate: false } },
      {
        extends: true,
        test: { name: 'rest', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: light },
      },
    ],
  },
})
