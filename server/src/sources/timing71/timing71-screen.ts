import type { FeedProtocol } from '../feed/feed.ts';
import { connectScreen } from './screen-connection.ts';
import { createScreenReader } from './screen-reader.ts';

/** A timing screen that Timing71 serves on a WebSocket. */
export const timing71: FeedProtocol = {
  id: 'timing71',
  title: 'Timing71 screen',
  schemes: ['t71:', 'timing71+ws:', 'timing71+wss:'],
  example: 'timing71+ws://192.168.1.20:24771',
  createReader: createScreenReader,
  connect: (url, handlers) => connectScreen(url, handlers),
};
