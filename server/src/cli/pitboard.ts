import { runCommandLine } from './program.ts';

// A reader that has seen enough (`… | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
const exitCode = await runCommandLine(process.argv.slice(2));
// What a failed command has left open must not keep it alive; a good one is let finish what it writes.
if (exitCode === 0) process.exitCode = 0;
else process.exit(exitCode);
