/**
 * A procedure: one column, its routes, a pack, and the answers to what stages ask. Stages know only
 * the interface in `server/trade/transaction`; this is the one that stands behind it.
 */
import { type Refusal, refuse } from "../kernel/index.ts";
import type { Procedure, ProcedureStep } from "../trade/transaction/index.ts";
import { type Column, type ColumnStep, columns } from "./grid/columns.ts";
import { findMethod } from "./methods/index.ts";
import { findPack, type Pack, type SetAside } from "./packs/index.ts";
import { parametersOf } from "./parameters.ts";
import { type RoutedColumn, routed, routeOf } from "./routes.ts";

/** The columns that may be used; the others are data with guards and a walk, and are refused. */
export const enabledColumns: readonly string[] = ["CO"];

/** What a kind knows beyond what stages ask. */
export type KindProcedure = Procedure & {
  /** `construction.open@1`, as `lot.opened` records it. */
  readonly key: string;
  readonly setsAside: readonly SetAside[];
  readonly sandboxOnly: boolean;
};

const VERSION = 1;

/**
 * The procedure of a column under a pack. Refuses a column that is not enabled yet.
 * @throws Error for a column or pack that does not exist, or a pack the column does not take.
 */
export function procedureOf(columnCode: string, packId = "default", options: ReadonlySet<string> = new Set()): KindProcedure | Refusal {
  const column = columns.find((candidate) => candidate.code === columnCode);
  const pack = findPack(packId);
  if (!column || !pack) throw new Error(`no such procedure: ${columnCode} under ${packId}`);
  if (!enabledColumns.includes(columnCode)) return notEnabled(column);
  if (pack.columns !== "any" && !pack.columns.includes(columnCode)) throw new Error(`pack ${packId} does not fit column ${columnCode}`);
  return build(routed(column), pack, options);
}

/** By the id that a lot carries: `CO` or `CO+replay-foreign`. */
export function procedureById(id: string): KindProcedure | Refusal {
  const [columnCode = "", packId] = id.split("+");
  return procedureOf(columnCode, packId);
}

function build(routes: RoutedColumn, pack: Pack, options: ReadonlySet<string>): KindProcedure {
  const { column } = routes;
  const parameters: Record<string, unknown> = { ...parametersOf(column.code, column.data.domain), ...pack.parameters };
  const included = new Map(column.passes.map((pass) => [pass, column.steps(pass).filter((step) => !isLeftOut(step, pack))]));
  const stepsOf = (pass: number): readonly ColumnStep[] => included.get(pass) ?? [];
  return {
    id: pack.id === "default" ? column.code : `${column.code}+${pack.id}`,
    key: `${column.data.key}@${VERSION}`,
    column: column.code,
    pack: pack.id,
    version: VERSION,
    name: nameOf(column, pack),
    setsAside: pack.setsAside,
    sandboxOnly: pack.sandboxOnly,
    steps: (pass): readonly ProcedureStep[] => stepsOf(pass),
    route(pass, name, outcome) {
      const step = stepsOf(pass).find((candidate) => candidate.name === name);
      if (!step) throw new Error(`${column.code} has no step ${name} in pass ${pass}`);
      return routeOf(routes, { pass, step, included: stepsOf(pass) }, outcome, options);
    },
    parameter<Value>(name: string): Value {
      if (!Object.hasOwn(parameters, name)) throw new Error(`nobody declared the parameter ${name}`);
      return parameters[name] as Value;
    },
    method<Mechanism>(name: string): Mechanism {
      if (!(parameters.evaluationMethods as readonly string[]).includes(name))
        throw new Error(`${column.code} under ${pack.id} may not use ${name}`);
      return findMethod(name) as Mechanism;
    },
  };
}

/** Only optional steps can be left out: a pack never removes a gate that the column demands. */
function isLeftOut(step: ColumnStep, pack: Pack): boolean {
  return step.optional && pack.leavesOut.includes(step.name);
}

function nameOf({ data }: Column, pack: Pack): { zh: string; en: string } {
  if (pack.id === "default") return data.name;
  return { zh: `${data.name.zh}（${pack.name.zh}）`, en: `${data.name.en} (${pack.name.en})` };
}

function notEnabled({ data, code }: Column): Refusal {
  return refuse("lot.procedure-not-enabled", {
    law: "平台启用清单",
    message: `“${data.name.zh}”尚未启用。`,
    messageEn: `"${data.name.en}" is not enabled yet.`,
    data: { procedure: code, enabled: enabledColumns },
    whatToDo: "请选择已启用的交易方式。",
  });
}
