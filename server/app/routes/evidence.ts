/**
 * The log for everybody (evidence-v1 §6): checkpoint and tiles as the plain files that they are, below
 * `/evidence/log/`; and how evidence stands, which every screen may say.
 */
import type { FastifyInstance } from "fastify";
import { type Evidence, readLogPath } from "../../evidence/index.ts";

export function logRoutes(edge: FastifyInstance, { log }: Evidence): void {
  edge.get<{ Params: { "*": string } }>("/evidence/log/*", async (request, reply) => {
    const found = await readLogPath(log.tiles, request.params["*"]);
    if (!found) return reply.status(404).type("text/plain").send("no such tile\n");
    return reply.header("Cache-Control", found.cacheControl).type(found.contentType).send(Buffer.from(found.bytes));
  });
}

/** `GET /evidence`: sizes, witnesses by name and last answer, anchor, and the policy for a verifier. */
export function standingRoute(api: FastifyInstance, evidence: Evidence | undefined): void {
  api.get("/evidence", async () => {
    if (!evidence) return { standing: { witnesses: "not configured", anchor: "not configured" } };
    const { log, found, witnesses, witnessed, anchored, ...status } = await evidence.status();
    // Without a pace the size of the log would count sealed acts.
    const shown = evidence.isPaced ? { size: log.size, witnessed: witnessed ?? null, anchored: anchored ?? null } : {};
    return {
      ...status,
      ...shown,
      fault: log.fault?.code ?? (found && "tampered"),
      // Why a witness did not answer names addresses inside the house: that is for the operators' own log.
      witnesses: witnesses.map(({ name, last, alarms }) => ({ name, last, alarms })),
      isPublic: evidence.isPaced,
      policy: evidence.policy() ?? null,
    };
  });
}
