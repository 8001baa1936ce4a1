/** The driver's door on loopback: the platform tells it of every change of the clock, and it tells the outside world before it answers. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Push = { anchorReal: string; anchorVirtual: string; tempo: number };

export async function openClockDoor(
  followers: readonly { setClock(push: Push): Promise<void> }[],
): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    try {
      const pieces: Buffer[] = [];
      for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
      const push = JSON.parse(Buffer.concat(pieces).toString("utf8")) as Push;
      for (const follower of followers) await follower.setClock(push);
      response.writeHead(200).end("{}");
    } catch {
      response.writeHead(500).end("{}");
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/clock`, close: () => server.close() };
}
