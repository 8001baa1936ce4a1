/**
 * A lock between the processes of one machine that cannot outlive its holder.
 *
 * It is a listening socket in Linux's abstract namespace: the kernel gives it to one process only, and takes it back when that
 * process ends, even by `kill -9`. Waiters stay connected to the holder and wake when the connection ends: nothing is polled
 * and there are no stale lock files. It must never guard anything across machines (leases in the database do that).
 */
import { createHash } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Runs `work` while this process alone holds the lock called `name`; others wait for their turn. */
export async function withMachineLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const address = `\0egret-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  let release = await tryLock(address);
  while (release === undefined) {
    await untilReleased(address);
    release = await tryLock(address);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}

function tryLock(address: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on("error", () => waiting.delete(socket));
      socket.on("close", () => waiting.delete(socket));
    });
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(() => close(server, waiting)));
  });
}

function close(server: Server, waiting: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of waiting) socket.destroy();
  });
}

/** Ends when the holder lets go or dies; at once when there is no holder any more. */
function untilReleased(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on("error", () => resolve());
    socket.on("close", () => resolve());
    socket.resume();
  });
}
