/** What the edge answers to an act: the result, or the refusal as problem+json (RFC 9457) with its status. */
import { Value } from "@sinclair/typebox/value";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import type { Act } from "./act.ts";

/** What the edge answers. `text` is kept and repeated byte by byte. */
export interface Answer {
  status: number;
  text: string;
}

const sealedAnswerBytes = 4096;

/** Sealed acts answer with one status set and one size, so that an observer of the line learns nothing. */
export function answerOf(body: Refusal | Record<string, unknown>, sealed = false): Answer {
  const status = isRefusal(body) ? statusOf(body.code) : 200;
  const shown = isRefusal(body) ? problemOf(body, status) : body;
  const text = JSON.stringify(shown);
  return { status: sealed && status !== 200 ? 422 : status, text: sealed ? text.padEnd(sealedAnswerBytes, " ") : text };
}

export function problemOf(refusal: Refusal, status: number): Record<string, unknown> {
  const { refused: _, message, ...rest } = refusal;
  return { type: `/rules/codes/${refusal.code}`, title: message, status, detail: message, ...rest };
}

const statuses: Readonly<Record<string, number>> = {
  "act.unknown": 404,
  "object.unknown": 404,
  "act.not-your-role": 403,
  "auth.act-signature-invalid": 401,
  "request.invalid": 400,
  "act.version-conflict": 409,
  "certificate.status-unknown": 503,
  "evidence.not-witnessed": 503,
  "evidence.not-anchored": 503,
};

export function statusOf(code: string): number {
  return statuses[code] ?? 422;
}

export function unknownObject(id: string): Refusal {
  return refuse("object.unknown", {
    message: "没有这个对象，或者您现在无权知道它。",
    messageEn: "There is no such object, or you may not know of it now.",
    data: { id },
  });
}

export function signatureInvalid(): Refusal {
  return refuse("auth.act-signature-invalid", {
    law: "电子签名法",
    article: "第十三条",
    message: "这个行为没有您本人证书的有效签名。",
    messageEn: "The act does not carry a valid signature by your certificate.",
    data: {},
    whatToDo: "请用登记的证书重新签名。",
  });
}

export function malformed(definition: Act, data: unknown): Refusal {
  const first = [...Value.Errors(definition.data, data)][0];
  return refuse("request.invalid", {
    message: `内容不符合格式：${first?.path ?? ""} ${first?.message ?? ""}`,
    messageEn: `The content does not have the right form: ${first?.path ?? ""} ${first?.message ?? ""}`,
    data: { pointer: first?.path ?? "" },
  });
}

export function keyReused(): Refusal {
  return refuse("request.key-reused", {
    message: "同一命令号已用于另一内容。",
    messageEn: "This command id was used for another content.",
  });
}
