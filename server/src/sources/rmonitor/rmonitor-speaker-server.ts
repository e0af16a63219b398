import { createServer, type Socket } from 'node:net';

const MOST_CLIENTS = 200;
/** A client that lets more than this wait does not keep up, and is let go: it comes back and hears everything anew. */
const MOST_WAITING_BYTES = 1_000_000;

/** A timing computer as its clients see it: it speaks, and whoever connects listens. */
export type SpeakerServer = {
  readonly port: number;
  readonly clients: number;
  send(bytes: Uint8Array): void;
  close(): Promise<void>;
};

export type SpeakerServerOptions = {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What one who connects now hears first. */
  readonly welcome: () => Uint8Array;
  readonly onClients?: (count: number) => void;
};

/** Resolves once it listens, rejects where the port is taken. */
export function openSpeakerServer({
  host,
  port,
  welcome,
  onClients = () => undefined,
}: SpeakerServerOptions): Promise<SpeakerServer> {
  const waitingLimits = new Map<Socket, number>();
  const server = createServer((socket) => {
    if (waitingLimits.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    const first = welcome();
    waitingLimits.set(socket, first.length + MOST_WAITING_BYTES);
    // Nobody has anything to say to a timing computer.
    socket.resume();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      waitingLimits.delete(socket);
      onClients(waitingLimits.size);
    });
    socket.setNoDelay(true);
    socket.write(first);
    onClients(waitingLimits.size);
  });
  const send = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    for (const [socket, limit] of waitingLimits) {
      if (socket.writableLength > limit) socket.destroy();
      else socket.write(bytes);
    }
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of waitingLimits.keys()) socket.end();
      // Who does not go when told is shown out.
      setTimeout(() => [...waitingLimits.keys()].forEach((socket) => void socket.destroy()), 500).unref();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        get clients() {
          return waitingLimits.size;
        },
        send,
        close,
      });
    });
  });
}
