/** The frame of a workbench: side bar with at most nine entries in groups, bar with search and clock. */
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useServerNow } from "../api/server-clock.ts";
import { useSession } from "../api/session.ts";
import { useWords, type WordKey } from "../words/index.ts";
import { Brand } from "./brand.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { SandboxStrip } from "./shell.tsx";
import { clockText } from "./time.ts";

/** One entry of the side bar; a count only for what needs action. */
export type SideEntry = {
  readonly to: string;
  readonly word: WordKey;
  readonly icon: IconName;
  readonly group?: WordKey;
  readonly count?: number;
};

function SideBar({ role, entries }: { readonly role: WordKey; readonly entries: readonly SideEntry[] }) {
  const t = useWords();
  const { me } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <aside className="side-bar no-print" aria-label={t("work.of", { role: t(role) })}>
      <Brand name={t("brand.short")} under={t("work.of", { role: t(role) })} />
      <div className="organisation">
        <p className="bold">{me?.organisationName ?? "—"}</p>
        <p className="caption third">{me ? [me.personName, me.title].filter(Boolean).join(" · ") : t("sandbox.public")}</p>
      </div>
      <nav aria-label={t("work.of", { role: t(role) })}>
        {entries.map((entry, index) => (
          <div key={entry.to} style={{ display: "contents" }}>
            {entry.group && entry.group !== entries[index - 1]?.group && <h3>{t(entry.group)}</h3>}
            <Link to={entry.to} activeOptions={{ exact: true }} {...(path === entry.to ? { "aria-current": "page" as const } : {})}>
              <Icon name={entry.icon} />
              {t(entry.word)}
              {entry.count ? <span className="count">{entry.count}</span> : null}
            </Link>
          </div>
        ))}
      </nav>
    </aside>
  );
}

function WorkBar() {
  const t = useWords();
  const now = useServerNow();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const find = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/notices", search: { q: typed } });
  };
  return (
    <header className="work-bar no-print">
      <form role="search" className="search" onSubmit={find}>
        <Icon name="search" />
        <input
          aria-label={t("work.search")}
          placeholder={t("work.search")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      <span style={{ flex: 1 }} />
      <span className="small second">
        {t("clock.server")} <b className="ink">{now === undefined ? t("clock.unknown") : clockText(now)}</b>
      </span>
      <Link className="small" to="/">
        {t("nav.home")}
      </Link>
      <Link className="small" to="/account">
        {t("nav.account")}
      </Link>
      <Link className="small" to="/sandbox">
        {t("sandbox.switch")}
      </Link>
    </header>
  );
}

/** A page of a workbench. */
export function WorkShell(props: { readonly role: WordKey; readonly entries: readonly SideEntry[]; readonly children: ReactNode }) {
  const t = useWords();
  return (
    <>
      <a className="skip" href="#main">
        {t("skip.toMain")}
      </a>
      <SandboxStrip wide />
      <div className="shell">
        <SideBar role={props.role} entries={props.entries} />
        <div>
          <WorkBar />
          <main id="main" className="work-page">
            {props.children}
          </main>
        </div>
      </div>
    </>
  );
}
