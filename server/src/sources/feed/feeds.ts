import { f1 } from '../f1/f1-protocol.ts';
import { multiloop } from '../multiloop/multiloop-protocol.ts';
import { rmonitor } from '../rmonitor/rmonitor-protocol.ts';
import { timing71 } from '../timing71/timing71-screen.ts';
import type { FeedProtocol } from './feed.ts';

/** Every kind of live timing that can be listened to, what is met at most tracks first. */
export const FEED_PROTOCOLS: readonly FeedProtocol[] = [rmonitor, multiloop, f1, timing71];
