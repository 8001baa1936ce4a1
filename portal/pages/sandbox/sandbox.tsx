/** The sandbox: who is there, become one of them, and the clock. None of it exists in production. */
import "./sandbox-words.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { sandboxQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";
import { useBecome } from "./become.ts";
import { ClockCard } from "./clock-card.tsx";
import { PeopleList } from "./people-list.tsx";

const route = getRouteApi("/sandbox");

function Current() {
  const t = useWords();
  const { me } = useSession();
  const become = useBecome();
  return (
    <Card title={t("sandboxPage.current")}>
      <p className="bold">{me ? `${me.personName}（${me.title}）` : t("sandbox.public")}</p>
      {me && <p className="small second">{me.organisationName}</p>}
      {me && (
        <p style={{ marginTop: 10 }}>
          <button className="button small" type="button" onClick={() => void become.leave()}>
            {t("sandboxPage.leave")}
          </button>
        </p>
      )}
    </Card>
  );
}

function Simulators() {
  const t = useWords();
  return (
    <Card title={t("sandboxPage.simulators")}>
      <p className="small second">{t("sandboxPage.simulatorsText")}</p>
      <p className="row wrapping" style={{ marginTop: 10 }}>
        {(["bank", "authority", "pool", "messages"] as const).map((name) => (
          <Tag key={name}>
            {t(`simulator.${name}`)} · {t("common.simulator")}
          </Tag>
        ))}
      </p>
    </Card>
  );
}

/** `/sandbox` */
export function SandboxPage() {
  const t = useWords();
  const query = useQuery(sandboxQuery);
  const { role } = route.useSearch();
  const [words, setWords] = useState("");
  const become = useBecome();
  useTitle(t("sandboxPage.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("sandboxPage.title")}
      </h1>
      <p className="second" style={{ maxWidth: 760 }}>
        {t("sandboxPage.lead")}
      </p>
      <Reading query={query}>
        {(sandbox) => (
          <div className="lot-main">
            <Card
              title={t("sandboxPage.people")}
              flush
              aside={
                <label className="row small second">
                  <Icon name="search" />
                  <span className="only-readers">{t("sandboxPage.filter")}</span>
                  <input
                    className="input"
                    placeholder={t("sandboxPage.filter")}
                    value={words}
                    onChange={(event) => setWords(event.target.value)}
                    style={{ minHeight: 36, width: 240 }}
                  />
                </label>
              }
            >
              {become.error !== undefined && (
                <div className="body">
                  <RefusalBlock error={become.error} />
                </div>
              )}
              {sandbox.people.length > 0 ? (
                <PeopleList
                  people={sandbox.people}
                  words={words}
                  role={role}
                  onBecome={(person) => void become.become(person)}
                  busy={become.busy}
                />
              ) : (
                <Empty title={t("sandboxPage.noPeople")} text={t("sandboxPage.noPeopleText")} />
              )}
            </Card>
            <aside className="column gap-20">
              <Current />
              <ClockCard sandbox={sandbox} />
              <Simulators />
            </aside>
          </div>
        )}
      </Reading>
    </PublicShell>
  );
}
