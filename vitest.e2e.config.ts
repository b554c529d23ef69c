import { defineConfig } from 'vitest/config'

/** The whole program in a real browser: one at a time, each with its own data directory. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: 'test-artifacts/e2e.json' }]],
  },
})
