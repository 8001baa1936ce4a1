/** MessagePort over the message protocol of messages.md. */
import type { Envelope } from "../../../formats/exchange/index.ts";
import type { ExchangeClient } from "../exchange-client.ts";
import type { MessageFact, MessagePort, MessageToSend } from "../ports/message-port.ts";

// biome-ignore lint/suspicious/noExplicitAny: the ear has checked the body against the schema of its type.
type Fields = Readonly<Record<string, any>>;

export function messageAdapter(client: ExchangeClient, to = "sim-msg"): MessagePort {
  return {
    fileTemplate: (template) => ({
      to,
      type: "msg.templateFiled",
      object: `tpl/${template.templateId}`,
      body: { ...template, signName: "鹭易" },
    }),
    send: (message) => {
      checkPlaces(message);
      const { sendId, template, places, personRef, expiresAt, dedupeKey } = message;
      const { templateId, version } = template;
      return {
        to,
        type: "msg.send",
        object: `msg/${sendId}`,
        body: { sendId, templateId, version, places, to: client.sealPersonal(to, message.address), personRef, expiresAt, dedupeKey },
      };
    },
    readFact: factOf,
  };
}

function checkPlaces({ template, places }: MessageToSend): void {
  if (Object.keys(places).length !== template.places.length) throw new RangeError("the places are not those of the template");
  for (const { name, max } of template.places) {
    const value = places[name];
    if (value === undefined || value.length > max) throw new RangeError(`the place ${name} is missing or too long`);
    if (/[\u0000-\u001f\u007f]|https?:|www\.|:\/\//i.test(value))
      throw new RangeError(`the place ${name} holds a link or a control character`);
  }
}

function factOf({ type, body }: Envelope): MessageFact | undefined {
  const fields = body as Fields;
  switch (type) {
    case "msg.templateAccepted":
    case "msg.templateRefused":
      return {
        fact: type === "msg.templateAccepted" ? "templateAccepted" : "templateRefused",
        templateId: fields.templateId,
        version: fields.version,
      };
    case "msg.accepted":
      return { fact: "accepted", sendId: fields.sendId };
    case "msg.refused":
      return { fact: "refused", sendId: fields.sendId, reason: fields.reason };
    case "msg.delivery":
      return { fact: "delivery", sendId: fields.sendId, state: fields.state, at: fields.at };
    case "msg.reply":
      return { fact: "reply", personRef: fields.personRef, text: fields.text, at: fields.at };
    default:
      return undefined;
  }
}
