/**
 * A bad line between a bidder and the platform: a TCP proxy that delays, cuts before or after the last byte of a request,
 * or lets the answer hang for ever. Which fault a connection meets is drawn from a seed.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { type Random, randomBelow } from "../../kernel/index.ts";

export const lineFaults = ["none", "delay", "cutBeforeLastByte", "cutAfterLastByte", "hang"] as const;
export type LineFault = (typeof lineFaults)[number];

const delayMs = 60;

export class FaultyLine {
  readonly met: Record<LineFault, number> = { none: 0, delay: 0, cutBeforeLastByte: 0, cutAfterLastByte: 0, hang: 0 };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: number, random: Random) {
    this.#server = createServer((near) => {
      const fault = lineFaults[randomBelow(random, lineFaults.length)] as LineFault;
      this.met[fault] += 1;
      this.#join(near, connect(target, "127.0.0.1"), fault);
    });
  }

  static async before(target: number, random: Random): Promise<FaultyLine> {
    const line = new FaultyLine(target, random);
    await new Promise<void>((listening) => line.#server.listen(0, "127.0.0.1", listening));
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #join(near: Socket, far: Socket, fault: LineFault): void {
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    }
    near.on("close", () => far.destroy());
    near.on("data", (bytes) => this.#pass(bytes, { near, far, fault }));
    far.on("data", (bytes) => {
      // The platform has answered; whether anybody hears it is the line's business.
      if (fault === "cutAfterLastByte") near.destroy();
      else if (fault !== "hang") near.write(bytes);
    });
  }

  #pass(bytes: Buffer, { near, far, fault }: { near: Socket; far: Socket; fault: LineFault }): void {
    if (fault === "cutBeforeLastByte") {
      far.write(bytes.subarray(0, -1));
      near.destroy();
    } else if (fault === "delay") setTimeout(() => far.write(bytes), delayMs);
    else far.write(bytes);
  }
}
