/**
 * A process that does nothing but auctions: `node hall-process.ts DATABASE_URL`. It mounts the platform's own routes on the
 * platform's own floor, says its port as one line of JSON, and waits for the lease if another process holds it.
 */
import Fastify from "fastify";
import { machineRandom } from "../../runtime/clock/clock.ts";
import { steadyMachineClock } from "../../runtime/clock/steady-clock.ts";
import { openPool } from "../../runtime/database/index.ts";
import { LiveHub } from "../../runtime/live/hub.ts";
import { AuctionFloor } from "../../trade/auction/index.ts";
import { auctionRoutes, hallTopic } from "../routes/auctions.ts";

const pool = openPool({ url: process.argv[2] as string, max: 8 });
const live = new LiveHub(`p${process.pid}`);
const clock = steadyMachineClock();
const floor = new AuctionFloor({
  pool,
  clock,
  shard: 0,
  random: (bytes) => machineRandom.bytes(bytes),
  publish: (stream, frame) => live.publish(hallTopic(stream), frame),
  onFault: (error) => console.error(error),
});
const server = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
server.register(async (api) => auctionRoutes(api, { floor, live, now: () => clock.now() }), { prefix: "/api/v1" });
await server.listen({ host: "127.0.0.1", port: 0 });
const address = server.server.address();
process.stdout.write(`${JSON.stringify({ port: typeof address === "object" && address ? address.port : 0 })}\n`);
await floor.start();
process.stdout.write('{"leading":true}\n');
