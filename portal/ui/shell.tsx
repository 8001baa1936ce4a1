/** The frame of the public pages: strip, top bar, footer. Knows who is signed in, and nothing about a lot. */
import { Link, useRouterState } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useServerNow } from "../api/server-clock.ts";
import { useSession } from "../api/session.ts";
import { setLanguage, useLanguage, useWords, type WordKey } from "../words/index.ts";
import { Brand } from "./brand.tsx";
import { Icon } from "./icon.tsx";
import { clockText, dayText } from "./time.ts";
import { setViewMode, useViewMode, type ViewMode } from "./view-mode.ts";

/** Sets the title of the tab: state, object and place, so that a background tab still informs. */
export function useTitle(title: string | undefined): void {
  const t = useWords();
  const name = t("brand.short");
  useEffect(() => {
    document.title = title ? `${title}｜${name}` : t("brand.name");
  }, [title, name, t]);
}

// Fetched after the page: the entry stays small, and a page without it is whole.
const EvidenceBanner = lazy(() =>
  import("../features/evidence/evidence-banner.tsx").then((module) => ({ default: module.EvidenceBanner })),
);

/** 32 px on every page of a sandbox: fictional, the clock, who one is, change. */
export function SandboxStrip({ wide }: { readonly wide?: boolean }) {
  const t = useWords();
  const now = useServerNow();
  const { me } = useSession();
  return (
    <>
      <aside className="sandbox-strip no-print" aria-label={t("sandbox.city")}>
        <div className={`inside ${wide ? "wide" : "wrap"}`}>
          <span>
            <b>{t("sandbox.city")}</b>
            <span className="note">{t("sandbox.note")}</span>
          </span>
          <span>
            {t("sandbox.clock")} {now === undefined ? "—" : `${dayText(now)} ${clockText(now)}`}
            <span className="note">
              {t("sandbox.account")}：{me ? `${me.organisationName} · ${me.personName}` : t("sandbox.public")}
            </span>
            <Link className="note" to="/sandbox">
              {t("sandbox.switch")}
            </Link>
          </span>
        </div>
      </aside>
      <Suspense fallback={null}>
        <EvidenceBanner />
      </Suspense>
    </>
  );
}

const entries: readonly { readonly to: string; readonly word: WordKey }[] = [
  { to: "/", word: "nav.home" },
  { to: "/notices", word: "nav.notices" },
  { to: "/halls", word: "nav.halls" },
  { to: "/verify", word: "nav.verify" },
  { to: "/rules", word: "nav.rules" },
  { to: "/sandbox", word: "nav.sandbox" },
];

function isCurrent(path: string, to: string): boolean {
  return to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`);
}

/** One press to change, one press back. */
function ViewButton({ to, word }: { readonly to: ViewMode; readonly word: WordKey }) {
  const t = useWords();
  const isOn = useViewMode() === to;
  return (
    <button className="plain" type="button" aria-pressed={isOn} onClick={() => setViewMode(isOn ? "drawn" : to)}>
      {t(isOn ? "tool.drawn" : word)}
    </button>
  );
}

function Tools() {
  const t = useWords();
  const language = useLanguage();
  const { me } = useSession();
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div className="tools">
      <ViewButton to="large" word="tool.large" />
      <ViewButton to="contrast" word="tool.contrast" />
      <button className="plain" type="button" lang={other} onClick={() => void setLanguage(other)}>
        {language === "en" ? "中文" : "EN"}
      </button>
      {me ? (
        <Link to="/w/$role" params={{ role: me.role }}>
          <Icon name="person" />
          {me.personName} · {t("nav.workbench")}
        </Link>
      ) : (
        <Link className="button primary small" to="/sign-in">
          {t("tool.signIn")}
        </Link>
      )}
    </div>
  );
}

/** Brand, main navigation, tools. */
export function TopBar() {
  const t = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <header className="top-bar no-print">
      <div className="wrap inside">
        <Brand name={t("brand.name")} under={t("brand.under")} />
        <nav className="main-nav" aria-label={t("nav.main")}>
          {entries.map(({ to, word }) => (
            <Link key={to} to={to} {...(isCurrent(path, to) ? { "aria-current": "page" as const } : {})}>
              {t(word)}
            </Link>
          ))}
        </nav>
        <Tools />
      </div>
    </header>
  );
}

function Footer() {
  const t = useWords();
  return (
    <footer className="footer no-print">
      <div className="wrap inside">
        <div>
          <p className="name">{t("brand.name")}</p>
          <p style={{ marginTop: 6 }}>{t("footer.motto")}</p>
          <p style={{ marginTop: 14 }}>{t("footer.kind")}</p>
        </div>
        <div>
          <p className="head">{t("footer.services")}</p>
          <p>
            <Link to="/w/$role" params={{ role: "bidder" }}>
              {t("task.bid")}
            </Link>
          </p>
          <p>
            <Link to="/w/$role" params={{ role: "buyer" }}>
              {t("task.buy")}
            </Link>
          </p>
        </div>
        <div>
          <p className="head">{t("footer.open")}</p>
          <p>
            <Link to="/notices">{t("nav.notices")}</Link>
          </p>
          <p>
            <Link to="/halls">{t("nav.halls")}</Link>
          </p>
          <p>
            <Link to="/verify">{t("nav.verify")}</Link>
          </p>
        </div>
        <div>
          <p className="head">{t("footer.help")}</p>
          <p>
            <Link to="/help">{t("footer.helpArticles")}</Link>
          </p>
          <p>
            <Link to="/catalogue">{t("footer.catalogue")}</Link>
          </p>
          <p>
            <Link to="/help/$article" params={{ article: "access" }}>
              {t("footer.access")}
            </Link>
          </p>
          <p>
            <Link to="/status">{t("footer.status")}</Link>
          </p>
        </div>
        <div>
          <p className="head">{t("footer.sandbox")}</p>
          <p>
            <Link to="/sandbox">{t("sandbox.switch")}</Link>
          </p>
        </div>
      </div>
    </footer>
  );
}

/** A public page between strip and footer. `full` leaves the width to the page. */
export function PublicShell({ full, children }: { readonly full?: boolean; readonly children: ReactNode }) {
  const t = useWords();
  return (
    <>
      <a className="skip" href="#main">
        {t("skip.toMain")}
      </a>
      <SandboxStrip />
      <TopBar />
      <main id="main" className={full ? "" : "wrap"} style={{ minHeight: "60vh" }}>
        {children}
      </main>
      <Footer />
    </>
  );
}
