import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A timing computer on this machine: whoever connects is told everything so far, and then what happens. */
export class TimingComputer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly lines: string[] = [];
  #isUnplugged = false;
  connections = 0;

  private constructor() {
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  static async start(): Promise<TimingComputer> {
    const computer = new TimingComputer();
    await new Promise<void>((resolve) => computer.#server.listen(0, '127.0.0.1', resolve));
    return computer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `tiny://127.0.0.1:${this.port}`;
  }

  /** Says lines that are part of what everybody is told who comes later. */
  say(...lines: readonly string[]): void {
    this.lines.push(...lines);
    this.send(`${lines.join('\n')}\n`);
  }

  /** Sends bytes to those who are connected now, and forgets them. */
  send(text: string): void {
    for (const socket of this.#sockets) socket.write(text);
  }

  /** Pulls the cable, in the middle of a line. */
  pull(): void {
    this.#isUnplugged = true;
    for (const socket of this.#sockets) {
      socket.write('lap 9');
      socket.destroy();
    }
  }

  plug(): void {
    this.#isUnplugged = false;
  }

  close(): void {
    this.pull();
    this.#server.close();
  }

  #welcome(socket: Socket): void {
    if (this.#isUnplugged) {
      socket.destroy();
      return;
    }
    this.connections++;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.lines.length > 0) socket.write(`${this.lines.join('\n')}\n`);
  }
}
