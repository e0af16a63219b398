import type { FeedProtocol } from '../feed/feed.ts';
import { connectRmonitor } from '../rmonitor/rmonitor-connection.ts';
import { createMultiloopReader } from './multiloop-reader.ts';

/** Orbits’ Multiloop, version 1.3, as IndyCar and the SCCA had it: lines over TCP, as RMonitor comes. */
export const multiloop: FeedProtocol = {
  id: 'multiloop',
  title: 'Multiloop (Orbits)',
  schemes: ['multiloop:'],
  example: 'multiloop://192.168.1.20:50005',
  createReader: createMultiloopReader,
  connect: (url, handlers) => {
    if (url.port !== '') return connectRmonitor(url, handlers);
    // There is no usual one.
    const refused = setTimeout(() => handlers.closed('the address needs a port, like multiloop://192.168.1.20:50005'));
    return { close: () => clearTimeout(refused) };
  },
};
