/**
 * Files: encrypted chunks under random names, bound to no lot (decisions §3), and public documents
 * under their digest. A name or digest is the right to fetch; nothing here is listed.
 */

import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { DigestDiffers, NameTaken, type PutWish, TooLarge } from "../../runtime/files/file-store.ts";
import { sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";

const chunkLimit = 4 * 1024 * 1024;
const documentLimit = 256 * 1024 * 1024;

export function fileRoutes(api: FastifyInstance, house: TradingHouse): void {
  api.addContentTypeParser("application/octet-stream", { bodyLimit: documentLimit }, (_, payload, done) => done(null, payload));
  // Nothing but raw bytes is stored: a body that the edge has parsed is not what was sent.
  api.addHook("preHandler", async (request, reply) => {
    if (request.method === "PUT" && !(request.body instanceof Readable))
      return sendProblem(reply, 415, {
        code: "request.media-type",
        title: "文件须以 application/octet-stream 上传。",
        detail: "Send the bytes as application/octet-stream.",
      });
  });
  api.put<{ Params: { name: string } }>("/chunks/:name", async (request, reply) => {
    if (!request.personId) return sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });
    if (!/^[0-9a-f]{32}$/.test(request.params.name))
      return sendProblem(reply, 400, { code: "request.invalid", title: "分片名不正确。", detail: "A chunk is named by 32 hex digits." });
    const stored = await house.platform.files.sizeOf(request.params.name);
    if (stored !== undefined) return { size: stored, drained: await drain(request.body as AsyncIterable<Uint8Array>) };
    const kept = await store(house, request.params.name, request.body as AsyncIterable<Uint8Array>, { limit: chunkLimit });
    return typeof kept === "string" ? refused(reply, kept, chunkLimit) : { size: kept.size };
  });
  api.put<{ Params: { sha256: string } }>("/files/:sha256", async (request, reply) => {
    if (!request.personId) return sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });
    if (!/^[0-9a-f]{64}$/.test(request.params.sha256))
      return sendProblem(reply, 400, {
        code: "request.invalid",
        title: "文件名须为其 SHA-256。",
        detail: "A file is named by its SHA-256.",
      });
    const kept = await store(house, request.params.sha256, request.body as AsyncIterable<Uint8Array>, {
      limit: documentLimit,
      sha256: request.params.sha256,
    });
    return typeof kept === "string" ? refused(reply, kept, documentLimit) : kept;
  });
  api.get<{ Params: { sha256: string } }>("/files/:sha256", async (request, reply) => {
    const bytes = /^[0-9a-f]{64}$/.test(request.params.sha256) ? await house.platform.files.get(request.params.sha256) : undefined;
    if (!bytes) return sendProblem(reply, 404, { code: "object.unknown", title: "没有这个文件。", detail: "There is no such file." });
    const isPdf = bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46;
    return reply
      .type(isPdf ? "application/pdf" : "application/octet-stream")
      .header("Content-Security-Policy", "default-src 'none'; sandbox")
      .header("X-Content-Type-Options", "nosniff")
      .send(Buffer.from(bytes));
  });
}

/** A chunk that is here already is not written again, but its bytes are taken off the line, so that the answer arrives. */
async function drain(body: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const piece of body) size += piece.length;
  return size;
}

async function store(house: TradingHouse, name: string, body: AsyncIterable<Uint8Array>, wish: PutWish) {
  try {
    return await house.platform.files.put(name, body, wish);
  } catch (error) {
    if (error instanceof TooLarge) return "too-large" as const;
    if (error instanceof DigestDiffers) return "digest-differs" as const;
    if (error instanceof NameTaken) return "name-taken" as const;
    // The sender is gone: nothing is kept, nobody hears the answer, and the platform is not at fault.
    if ((error as NodeJS.ErrnoException).code === "ECONNRESET") return "broken-off" as const;
    throw error;
  }
}

function refused(
  reply: Parameters<typeof sendProblem>[0],
  why: "too-large" | "digest-differs" | "name-taken" | "broken-off",
  limit: number,
) {
  if (why === "broken-off")
    return sendProblem(reply, 400, { code: "request.invalid", title: "上传中断。", detail: "The upload broke off." });
  if (why === "digest-differs")
    return sendProblem(reply, 422, {
      code: "file.digest-differs",
      title: "收到的内容与其摘要不符，请重新上传。",
      detail: "The bytes do not have this digest.",
    });
  if (why === "name-taken")
    return sendProblem(reply, 409, {
      code: "file.name-taken",
      title: "此分片名已被占用，请换一个新的分片名重新上传。",
      detail: "Other bytes lie under this name; upload under a new one.",
    });
  return sendProblem(reply, 413, { code: "request.too-large", title: `文件超过 ${limit} 字节。`, detail: `More than ${limit} bytes.` });
}
