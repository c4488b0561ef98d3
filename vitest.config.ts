import { defineConfig } from 'vitest/config'

const light = [
  'src/{config,core,observability,outbound,protocols,services}/**/*.test.ts',
  'cli/**/*.test.ts',
  'bench/**/*.test.ts',
  'console/**/*.test.ts',
]

export default defineConfig({
  test: {
    // A machine with much to do takes its time; what comes at once is seen at once all the same. A test may wait for several things.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
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
