import { defineConfig } from 'vitest/config';

// Tests run on the sources: the `source` condition of each workspace's exports.
const resolve = { conditions: ['source'] };
const ssr = { resolve: { conditions: ['source'] } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/client/**'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['tests/client/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: { name: 'perf', environment: 'jsdom', include: ['tests/perf/**/*.perf.tsx'], testTimeout: 120_000 },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.browser.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
