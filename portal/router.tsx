/** Addresses of the portal. Public pages come with the entry; halls and workbenches are fetched when opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { lotSearchOf } from "./api/find-lots.ts";
import { HomePage } from "./pages/public/home.tsx";
import { type LotTab, lotTabs } from "./pages/public/lot-tabs.ts";
import { NotFoundPage } from "./pages/public/not-found.tsx";

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

/** What the server filled into a form, as it stands in the address. */
function fillOf(search: Record<string, unknown>): { fill?: Record<string, unknown> } {
  const { fill } = search;
  return typeof fill === "object" && fill !== null ? { fill: fill as Record<string, unknown> } : {};
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });
const notices = createRoute({
  getParentRoute: () => root,
  path: "/notices",
  validateSearch: lotSearchOf,
  component: lazyRouteComponent(() => import("./pages/public/notices.tsx"), "NoticesPage"),
});
const lot = createRoute({
  getParentRoute: () => root,
  path: "/notices/$lotId",
  validateSearch: (search: Record<string, unknown>): { tab?: LotTab } =>
    lotTabs.includes(search["tab"] as LotTab) ? { tab: search["tab"] as LotTab } : {},
  component: lazyRouteComponent(() => import("./pages/public/lot.tsx"), "LotPage"),
});
const halls = createRoute({
  getParentRoute: () => root,
  path: "/halls",
  component: lazyRouteComponent(() => import("./pages/halls/today.tsx"), "HallsPage"),
});
const opening = createRoute({
  getParentRoute: () => root,
  path: "/halls/opening/$lotId",
  component: lazyRouteComponent(() => import("./pages/halls/opening.tsx"), "OpeningHall"),
});
const draw = createRoute({
  getParentRoute: () => root,
  path: "/halls/draw/$drawId",
  component: lazyRouteComponent(() => import("./pages/halls/draw.tsx"), "DrawHall"),
});
const evaluation = createRoute({
  getParentRoute: () => root,
  path: "/halls/evaluation/$lotId",
  component: lazyRouteComponent(() => import("./pages/halls/evaluation.tsx"), "EvaluationHall"),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  validateSearch: (search: Record<string, unknown>): { id?: string } => (text(search["id"]) ? { id: text(search["id"])! } : {}),
  component: lazyRouteComponent(() => import("./pages/public/verify.tsx"), "VerifyPage"),
});
const sandbox = createRoute({
  getParentRoute: () => root,
  path: "/sandbox",
  validateSearch: (search: Record<string, unknown>): { role?: string } => (text(search["role"]) ? { role: text(search["role"])! } : {}),
  component: lazyRouteComponent(() => import("./pages/sandbox/sandbox.tsx"), "SandboxPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./pages/account/sign-in.tsx"), "SignInPage"),
});
const phone = createRoute({
  getParentRoute: () => root,
  path: "/phone",
  component: lazyRouteComponent(() => import("./pages/account/phone.tsx"), "PhonePage"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/account.tsx"), "AccountPage"),
});
const selfTest = createRoute({
  getParentRoute: () => root,
  path: "/self-test",
  component: lazyRouteComponent(() => import("./pages/account/self-test.tsx"), "SelfTestPage"),
});
const today = createRoute({
  getParentRoute: () => root,
  path: "/w/$role",
  component: lazyRouteComponent(() => import("./pages/workbench/today.tsx"), "TodayPage"),
});
const ownLots = createRoute({
  getParentRoute: () => root,
  path: "/w/$role/lots",
  component: lazyRouteComponent(() => import("./pages/workbench/own-lots.tsx"), "OwnLotsPage"),
});
const lotActs = createRoute({
  getParentRoute: () => root,
  path: "/w/$role/lots/$lotId",
  component: lazyRouteComponent(() => import("./pages/workbench/lot-acts.tsx"), "LotActsPage"),
});
const replay = createRoute({
  getParentRoute: () => root,
  path: "/w/$role/lots/$lotId/replay",
  component: lazyRouteComponent(() => import("./pages/workbench/replay.tsx"), "ReplayPage"),
});
const act = createRoute({
  getParentRoute: () => root,
  path: "/w/$role/lots/$lotId/$act",
  validateSearch: fillOf,
  component: lazyRouteComponent(() => import("./pages/workbench/act.tsx"), "ActPage"),
});
const freeAct = createRoute({
  getParentRoute: () => root,
  path: "/w/$role/acts/$act",
  validateSearch: fillOf,
  component: lazyRouteComponent(() => import("./pages/workbench/act.tsx"), "FreeActPage"),
});

const rules = createRoute({
  getParentRoute: () => root,
  path: "/rules",
  validateSearch: (search: Record<string, unknown>): { q?: string; domain?: string } => ({
    ...(text(search["q"]) ? { q: text(search["q"])! } : {}),
    ...(text(search["domain"]) ? { domain: text(search["domain"])! } : {}),
  }),
  component: lazyRouteComponent(() => import("./pages/library/rules.tsx"), "RulesPage"),
});
const rule = createRoute({
  getParentRoute: () => root,
  path: "/rules/$ruleId",
  component: lazyRouteComponent(() => import("./pages/library/rule.tsx"), "RulePage"),
});
const catalogue = createRoute({
  getParentRoute: () => root,
  path: "/catalogue",
  component: lazyRouteComponent(() => import("./pages/library/catalogue.tsx"), "CataloguePage"),
});
const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  component: lazyRouteComponent(() => import("./pages/library/help.tsx"), "HelpPage"),
});
const article = createRoute({
  getParentRoute: () => root,
  path: "/help/$article",
  component: lazyRouteComponent(() => import("./pages/library/help.tsx"), "ArticlePage"),
});
const status = createRoute({
  getParentRoute: () => root,
  path: "/status",
  component: lazyRouteComponent(() => import("./pages/library/status.tsx"), "StatusPage"),
});

/** The router of the portal. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    notices,
    lot,
    halls,
    opening,
    draw,
    evaluation,
    verify,
    sandbox,
    signIn,
    phone,
    account,
    selfTest,
    today,
    ownLots,
    lotActs,
    replay,
    act,
    freeAct,
    rules,
    rule,
    catalogue,
    help,
    article,
    status,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
