/**
 * Bodies of messages.md §1: the gateway that carries copies, codes and reminders. No message exists whose
 * sending depends on a sealed act of anybody; texts come from filed templates only.
 */
import { Type } from "@sinclair/typebox";
import { closed, hex32Shape, personalShape, refShape, timeShape } from "./envelope.ts";

const literals = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));
export const messageClass = literals("legalCopy", "reminder", "code", "security");

export const gatewayMessages = {
  "msg.templateFiled": closed({
    templateId: refShape,
    version: Type.Integer({ minimum: 1 }),
    channel: literals("sms", "push", "mail"),
    class: messageClass,
    language: literals("zh-CN", "en"),
    text: Type.String({ minLength: 1, maxLength: 500 }),
    places: Type.Array(
      closed({
        name: Type.String({ pattern: "^[a-z][A-Za-z0-9]{0,31}$" }),
        type: literals("text", "day", "time", "fen"),
        max: Type.Integer({ minimum: 1, maximum: 200 }),
      }),
    ),
    signName: Type.Literal("鹭易"),
  }),
  "msg.templateAccepted": closed({ templateId: refShape, version: Type.Integer({ minimum: 1 }) }),
  "msg.templateRefused": closed({ templateId: refShape, version: Type.Integer({ minimum: 1 }), reason: Type.String({ maxLength: 140 }) }),
  "msg.send": closed({
    sendId: refShape,
    templateId: refShape,
    version: Type.Integer({ minimum: 1 }),
    places: Type.Record(Type.String(), Type.String({ maxLength: 200 })),
    to: personalShape,
    personRef: hex32Shape,
    notBeforeAt: Type.Optional(timeShape),
    expiresAt: timeShape,
    quietHours: Type.Optional(literals("respect", "ignore")),
    dedupeKey: hex32Shape,
  }),
  "msg.accepted": closed({ sendId: refShape }),
  "msg.refused": closed({ sendId: refShape, reason: literals("template", "address", "blocked", "quota", "expired") }),
  "msg.delivery": closed({
    sendId: refShape,
    state: literals("delivered", "failed", "expired", "unknown"),
    at: timeShape,
    carrierCode: Type.Optional(refShape),
    attempt: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
  "msg.reply": closed({ personRef: hex32Shape, text: Type.String({ maxLength: 160 }), at: timeShape }),
} as const;
