/** `/verify`: anybody proves a downloaded file in the own browser, by the code of `verifier/`. Nothing is uploaded. */
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { addressOf } from "../../api/client.ts";
import { EvidenceCard } from "../../features/evidence/evidence-card.tsx";
import { CheckList } from "../../features/verify/check-list.tsx";
import { DropPlace } from "../../features/verify/drop-place.tsx";
import { LedgerCard } from "../../features/verify/ledger-card.tsx";
import { ownHands } from "../../features/verify/own-hands.ts";
import { useVerifying, type Verifying } from "../../features/verify/use-verifying.ts";
import { Verdict } from "../../features/verify/verdict.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import "../../ui/styles/verify.css";
import { addWords, useWords } from "../../words/index.ts";
import { verify } from "../../words/zh-CN/verify.ts";

addWords(verify);
const route = getRouteApi("/verify");

/** Where the record of an id lies: a draw's, or the opening's of a lot. */
function recordPathOf(id: string): string {
  return addressOf(id.startsWith("lot_") ? `/lots/${encodeURIComponent(id)}/opening/record` : `/draws/${encodeURIComponent(id)}/record`);
}

function Hands({ id }: { readonly id: string | undefined }) {
  const t = useWords();
  const download = id && (
    <a href={recordPathOf(id)} download="proof.json">
      {t("verify.handsDownload")}
    </a>
  );
  return (
    <Card title={t("verify.hands", { lines: ownHands.split("\n").length })} aside={download}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <pre className="hands" tabIndex={0}>
        {ownHands}
      </pre>
      <p className="caption second" style={{ marginTop: 10 }}>
        {t("verify.handsText")}
        {t("verify.handsTool")} <code className="mono">npm run verify -- proof.json</code>
      </p>
    </Card>
  );
}

function Answer({ verifying, id }: { readonly verifying: Verifying; readonly id: string | undefined }) {
  const t = useWords();
  if (verifying.state === "running") return <p role="status">{t("verify.running")}</p>;
  if (verifying.state === "failed") {
    const text = { large: t("verify.tooLarge"), absent: t("verify.notFound") }[verifying.reason];
    return (
      <p className="refusal reason" role="alert">
        <b>{t("verify.failed")}</b>
        <br />
        {text ?? t("verify.failedText", { reason: verifying.reason })}
      </p>
    );
  }
  if (verifying.state === "idle") {
    return (
      <section className="card">
        <Empty title={t("verify.idle")} text={t("verify.idleText")} />
      </section>
    );
  }
  const { judgement, seconds, name } = verifying;
  const link = id === undefined ? undefined : location.href;
  return (
    <>
      <Verdict judgement={judgement} name={name} link={link} />
      <div className="verify-main">
        {judgement.checks.length > 0 && <CheckList checks={judgement.checks} seconds={seconds} />}
        <div className="column gap-24">
          {judgement.kind === "draw" && <Hands id={id} />}
          <LedgerCard log={judgement.log} platformKey={judgement.key} />
          <div>
            <EvidenceCard />
            <p className="caption second" style={{ marginTop: 8 }}>
              {t("verify.log.said")}
            </p>
          </div>
        </div>
      </div>
    </>
  );
}

/** The page. */
export function VerifyPage() {
  const t = useWords();
  const { id } = route.useSearch();
  const navigate = useNavigate();
  const { verifying, verify: prove, fail } = useVerifying();
  const [typed, setTyped] = useState(id ?? "");
  useTitle(t("verify.title"));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new id asks for a new proof.
  useEffect(() => {
    if (id === undefined) return;
    const download = async () => {
      const response = await fetch(recordPathOf(id));
      if (!response.ok) return fail("absent");
      prove([{ path: `${id}.json`, file: new File([await response.blob()], `${id}.json`) }]);
    };
    download().catch((fault) => fail(String(fault)));
  }, [id]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== "") void navigate({ to: "/verify", search: { id: typed.trim() } });
  };
  const drop = (files: Parameters<typeof prove>[0]) => {
    void navigate({ to: "/verify", search: {}, replace: true });
    prove(files);
  };
  return (
    <PublicShell full>
      <div className="verify-head no-print">
        <div className="wrap">
          <h1>{t("verify.title")}</h1>
          <p className="lead">{t("verify.lead")}</p>
          <div className="verify-ask">
            <form className="search-box" onSubmit={submit}>
              <Icon name="search" />
              <input
                aria-label={t("verify.id")}
                placeholder={t("verify.id")}
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
              />
              <button className="button primary large" type="submit">
                {t("verify.run")}
              </button>
            </form>
            <DropPlace onFiles={drop} />
          </div>
          <p className="small second">
            <Icon name="lock" /> {t("verify.local")}
          </p>
        </div>
      </div>
      <div className="wrap verify-answer">
        <Answer verifying={verifying} id={id} />
      </div>
    </PublicShell>
  );
}
