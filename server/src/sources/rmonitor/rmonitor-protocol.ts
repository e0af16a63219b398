import type { FeedProtocol } from '../feed/feed.ts';
import { closedRun } from './closed-run.ts';
import { connectRmonitor } from './rmonitor-connection.ts';
import { createRmonitorReader } from './rmonitor-reader.ts';

/** The scoreboard feed of Orbits and its relatives: the timing computer is the server, and talks by itself. */
export const rmonitor: FeedProtocol = {
  id: 'rmonitor',
  title: 'RMonitor (Orbits)',
  schemes: ['rmonitor:'],
  example: 'rmonitor://192.168.1.10:50000',
  createReader: createRmonitorReader,
  endedSession: closedRun,
  connect: connectRmonitor,
};
