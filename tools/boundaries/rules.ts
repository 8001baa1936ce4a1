/**
 * Who may import whom (architecture.md §3 and §4), as rules for dependency-cruiser.
 *
 * Time flows down: a later stage may use an earlier one, never the reverse. One door: `index.ts`. No circles.
 */
import type { IForbiddenRuleType } from "dependency-cruiser";

/** From the ground up; members of one row are neighbours and may use each other through their doors. */
export const LAYERS: readonly (readonly string[])[] = [
  ["formats"],
  ["law"],
  ["server/kernel"],
  ["server/runtime"],
  ["server/record"],
  ["server/identity"],
  ["server/trade"],
  ["server/kinds", "server/evidence", "server/exchange", "server/supervision", "server/warehouse", "server/venues", "server/money"],
  ["server/app"],
];

/** The stages in the order in which folders may know each other (model.md §1); a stage uses those before it. */
export const STAGES = [
  "transaction",
  "catalogue",
  "ceremony",
  "draw",
  "tendering",
  "deposit",
  "entry",
  "bidding",
  "opening",
  "auction",
  "committee",
  "evaluation",
  "award",
  "contract",
  "payment",
  "remedy",
  "archive",
] as const;

/** Modules with one door each. `formats`, `law`, `server/kernel` and most of `server/runtime` are open: each of their files is public. */
const ONE_DOOR = ["record", "identity", "evidence", "exchange", "supervision", "warehouse", "venues", "money"];

/** Tests and their builders stand above everything: they may enter by any door, and nothing that runs may import them. */
const TESTS = "\\.test\\.tsx?$|/testing/";

const anyOf = (paths: readonly string[]) => `^(${paths.join("|")})/`;

function layerRules(): IForbiddenRuleType[] {
  return LAYERS.flatMap((row, index) => {
    const above = LAYERS.slice(index + 1).flat();
    if (above.length === 0) return [];
    return [
      {
        name: `layer-${row[0]?.replace("server/", "")}-looks-up`,
        comment: `${row.join(", ")} may not use what stands above.`,
        severity: "error" as const,
        from: { path: anyOf(row), pathNot: TESTS },
        to: { path: anyOf(above) },
      },
    ];
  });
}

function stageRules(): IForbiddenRuleType[] {
  return STAGES.slice(0, -1).map((stage, index) => ({
    name: `stage-${stage}-knows-a-later-one`,
    comment: `${stage} may only use the stages before it.`,
    severity: "error" as const,
    from: { path: `^server/trade/${stage}/`, pathNot: TESTS },
    to: { path: `^server/trade/(${STAGES.slice(index + 1).join("|")})/` },
  }));
}

function doorRules(): IForbiddenRuleType[] {
  const doors = [...STAGES.map((stage) => `server/trade/${stage}`), ...ONE_DOOR.map((module) => `server/${module}`)];
  const rules = doors.map((module) => ({
    name: `door-of-${module.replace(/^server\/(trade\/)?/, "")}`,
    comment: `${module} is entered by its index.ts only.`,
    severity: "error" as const,
    from: { pathNot: [`^${module}/`, TESTS] },
    to: { path: `^${module}/`, pathNot: `^${module}/index\\.ts$` },
  }));
  const database = {
    name: "door-of-database",
    comment: "The database is entered by its index.ts only; tests may take a test database.",
    severity: "error" as const,
    from: { pathNot: "^server/runtime/database/" },
    to: { path: "^server/runtime/database/", pathNot: "^server/runtime/database/(index|test-database)\\.ts$" },
  };
  return [...rules, database];
}

const STANDING_RULES: IForbiddenRuleType[] = [
  { name: "no-circle", comment: "No circles anywhere, type-only imports included.", severity: "error", from: {}, to: { circular: true } },
  {
    name: "unknown-stage",
    comment: "A folder of server/trade must be one of the stages, so that its order is known.",
    severity: "error",
    from: {},
    to: { path: "^server/trade/[^/]+/", pathNot: `^server/trade/(${STAGES.join("|")})/` },
  },
  {
    name: "verifier-shares-server-code",
    comment: "A proof that shares code with what it proves is worth little: the verifier uses formats and law only.",
    severity: "error",
    from: { path: "^verifier/" },
    to: { path: "^(server|portal|simulators|scenarios|bench|tools)/" },
  },
  {
    name: "simulators-share-server-code",
    comment: "A simulator stands for somebody else's system: it shares only the wire formats.",
    severity: "error",
    from: { path: "^simulators/" },
    to: { path: "^(server|portal|verifier|scenarios|bench|tools)/" },
  },
  {
    name: "witness-shares-code-with-the-log",
    comment: "A witness is run by others than the log: it shares the wire formats and nothing else.",
    severity: "error",
    from: { path: "^witness/", pathNot: "\\.test\\.ts$" },
    to: { path: "^(law|server|portal|simulators|verifier|scenarios|bench|tools)/" },
  },
  {
    name: "one-simulator-knows-another",
    comment: "Two outside systems share nothing but the frame that all simulators stand in.",
    severity: "error",
    from: { path: "^simulators/([^/]+)/" },
    to: { path: "^simulators/[^/]+/", pathNot: "^simulators/($1|frame)/" },
  },
  {
    name: "portal-has-no-private-door",
    comment: "The portal speaks to the server by HTTP only.",
    severity: "error",
    from: { path: "^portal/", pathNot: "^portal/journeys/" },
    to: { path: "^(server|simulators|scenarios|bench|tools)/" },
  },
  {
    name: "feature-imports-feature",
    comment: "Features of the portal never import each other: pages join them.",
    severity: "error",
    from: { path: "^portal/features/([^/]+)/" },
    to: { path: "^portal/features/[^/]+/", pathNot: "^portal/features/$1/" },
  },
  {
    name: "product-imports-what-tries-it",
    comment: "What runs in production never imports what only tries it.",
    severity: "error",
    from: { path: "^(formats|law|server|portal|verifier|simulators)/", pathNot: "\\.test\\.tsx?$|^portal/journeys/" },
    to: { path: "^(scenarios|bench|tools)/" },
  },
  {
    name: "test-code-in-production",
    comment: "Only tests, stories and benchmarks take a test database or import a test.",
    severity: "error",
    from: { path: "^(formats|law|server|portal|verifier|simulators)/", pathNot: [TESTS, "/test-[a-z-]+\\.ts$"] },
    to: { path: [TESTS, "^server/runtime/database/test-database\\.ts$"] },
  },
  {
    name: "unresolved",
    comment: "An import that leads nowhere.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true, pathNot: "\\?(worker|url|raw|inline)|^virtual:" },
  },
];

/** All rules. */
export function boundaryRules(): IForbiddenRuleType[] {
  return [...layerRules(), ...stageRules(), ...doorRules(), ...STANDING_RULES];
}
