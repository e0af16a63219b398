import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A stretch of network in front of a server, which a test can cut and mend. */
export class CutProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #bytesUntilCut = Number.POSITIVE_INFINITY;
  #onCut: () => void = () => undefined;

  private constructor(serverPort: number) {
    this.#server = createServer((near) => {
      if (this.#isCut) {
        near.destroy();
        return;
      }
      const far = connect(serverPort, '127.0.0.1');
      near.on('data', (chunk) => this.#count(chunk.length));
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
      }
    });
  }

  static async start(serverPort: number): Promise<CutProxy> {
    const proxy = new CutProxy(serverPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Cuts every connection, in the middle of whatever they carry, and lets none through until `mend`. */
  cut(): void {
    this.#isCut = true;
    this.#bytesUntilCut = Number.POSITIVE_INFINITY;
    for (const socket of this.#sockets) socket.destroy();
    this.#onCut();
  }

  /** Resolves when so many bytes have gone towards the server, and the cut has been made. */
  cutAfter(bytes: number): Promise<void> {
    this.#bytesUntilCut = bytes;
    return new Promise((resolve) => {
      this.#onCut = resolve;
    });
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #count(bytes: number): void {
    this.#bytesUntilCut -= bytes;
    if (this.#bytesUntilCut <= 0) this.cut();
  }
}
