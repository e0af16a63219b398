import { f1 } from '../f1/f1-protocol.ts';
import { rmonitor } from '../rmonitor/rmonitor-protocol.ts';
import type { FeedProtocol } from './feed.ts';

/** Every kind of live timing that can be listened to. */
export const FEED_PROTOCOLS: readonly FeedProtocol[] = [f1, rmonitor];
