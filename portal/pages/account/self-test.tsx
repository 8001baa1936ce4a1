/** `/self-test`: before the deadline, whether this device, the person's key and the platform can sign and seal. */
import "./area.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../../api/session.ts";
import { type Finding, runSelfTest } from "../../signing/self-test.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";

type Run = { readonly state: "waiting" | "running" | "done"; readonly found: readonly Finding[] };

function Findings({ found }: { readonly found: readonly Finding[] }) {
  const t = useWords();
  return (
    <ol className="findings">
      {found.map(({ name, good, text }) => (
        <li key={name}>
          <Tag tone={good ? "ok" : "refused"}>{t(good ? "test.good" : "test.bad")}</Tag>
          <div>
            <p className="bold">{t(name)}</p>
            <p className="small second">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Bench() {
  const t = useWords();
  const [run, setRun] = useState<Run>({ state: "waiting", found: [] });
  const start = async () => {
    setRun({ state: "running", found: [] });
    await runSelfTest((finding) => setRun((before) => ({ ...before, found: [...before.found, finding] })));
    setRun((before) => ({ ...before, state: "done" }));
  };
  const isGood = run.found.every(({ good }) => good);
  const verdict = run.state === "done" ? t(isGood ? "test.allGood" : "test.someBad") : run.state === "running" ? t("test.running") : "";
  return (
    <Card title={t("test.title")} aside={<Link to="/account">{t("acc.title")}</Link>}>
      <p className={run.state === "done" ? (isGood ? "is-ok bold" : "is-refused bold") : "second"} role="status">
        {verdict}
      </p>
      <Findings found={run.found} />
      <p style={{ marginTop: 14 }}>
        <button className="button primary large" type="button" disabled={run.state === "running"} onClick={() => void start()}>
          {t(run.state === "done" ? "test.again" : "test.run")}
        </button>
      </p>
    </Card>
  );
}

export function SelfTestPage() {
  const t = useWords();
  useTitle(t("test.title"));
  const { me, known } = useSession();
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("test.title")}
      </h1>
      <p className="second" style={{ marginBottom: 20 }}>
        {t("test.lead")}
      </p>
      {me ? (
        <Bench />
      ) : (
        known && (
          <section className="card">
            <Empty title={t("in.title")} text={t("in.lead")} act={<Link to="/sign-in">{t("in.title")}</Link>} />
          </section>
        )
      )}
    </PublicShell>
  );
}
