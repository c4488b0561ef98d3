import { defineConfig } from 'vitest/config'

const pure = ['src/core/**/*.test.ts', 'console/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // Rules keep nothing between calls, so that their tests can share what is loaded.
      { extends: true, test: { name: 'rules', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: pure,
        },
      },
    ],
  },
})
