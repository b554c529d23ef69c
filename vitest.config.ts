import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'console/src/**/*.test.ts',
      'console/src/**/*.test.tsx',
      'script/**/*.test.ts',
    ],
    globalSetup: ['src/db/test/global-setup.ts'],
    pool: 'threads',
    // Modules are read once per worker, not once per file: each file has a database of its own anyway.
    isolate: false,
    // Vitest would leave one core to itself, which is half of a small machine.
    maxWorkers: Math.max(2, availableParallelism()),
    // Generous: a machine that is busy with other things must not fail what is right.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The second is read by script/check.ts, which counts.
    reporters: ['default', ['json', { outputFile: 'test-artifacts/tests.json' }]],
  },
})
