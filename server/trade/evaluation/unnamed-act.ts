/**
 * 评标委员会成员的名单在中标结果确定前应当保密 (招标投标法 第三十七条). What a member does stands in the record by
 * its seat, without the person; who acted, with the signature, lies beside the record under a salted digest.
 */
import type { EventData, RecordedEvent } from "../../record/index.ts";
import { type Act, type ActContext, evolveLot } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";

/** The same act, whose events name nobody. */
export function unnamed(definition: Act, ports: EvaluationPorts): Act {
  return { ...definition, decide: (context, data) => definition.decide(withoutName(context, ports), data) };
}

function withoutName(context: ActContext, ports: EvaluationPorts): ActContext {
  let veiled: Promise<string> | undefined;
  const veil = () => (veiled ??= ports.veil(context, { personId: context.actor.personId, actDigest: context.cause.act?.digest ?? "" }));
  const append = async (stream: string, type: string, data: EventData): Promise<RecordedEvent> => {
    const isOwn = stream.startsWith("evl_") || stream.startsWith("sht_");
    // A sheet has an id of chance: its events name the lot, so that an auditor's copy of the lot has them.
    const event = await context.appendOpaque(stream, type, isOwn ? { ...data, lotId: context.lot.id, veil: await veil() } : data);
    if (stream === unnamedContext.lot.id) unnamedContext.lot = evolveLot(unnamedContext.lot, event);
    return event;
  };
  const unnamedContext = { ...context, append };
  return unnamedContext;
}
