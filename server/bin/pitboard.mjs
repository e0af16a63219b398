#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../build/cli/pitboard.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('pitboard: not built yet; run "npm run build" first');
  process.exitCode = 1;
}
