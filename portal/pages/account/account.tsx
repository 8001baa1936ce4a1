/** `/account`: what signs for me, where I am signed in, my passkeys. Whatever is not mine can be ended here at once. */
import "./area.ts";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  certificatesQuery,
  endSession,
  type OwnCertificate,
  type OwnSession,
  passkeysQuery,
  removePasskey,
  sessionsQuery,
} from "../../api/account.ts";
import { send } from "../../api/client.ts";
import { chooseMembership } from "../../api/membership.ts";
import { useSession } from "../../api/session.ts";
import { forgetKeys } from "../../signing/keys.ts";
import { knowsPasskeys, makePasskey } from "../../signing/passkey.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { clockText, dayText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import { sentenceOf } from "./entered.ts";

const moment = (ms: number): string => `${dayText(ms)} ${clockText(ms)}`;

/** A table whose rows become cards on a phone. */
function Rows(props: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly [string, ...React.ReactNode[]])[];
}) {
  return (
    <table className="stacks">
      <caption className="only-readers">{props.caption}</caption>
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(([id, ...cells]) => (
          <tr key={id}>
            {cells.map((cell, k) => (
              <td key={props.heads[k]} data-label={props.heads[k]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const toneOf = (warning: OwnCertificate["warning"]) => (warning === null ? "ok" : warning === "renewable" ? "info" : "warning");

function Certificates({ items }: { readonly items: readonly OwnCertificate[] }) {
  const t = useWords();
  if (items.length === 0) return <Empty title={t("acc.noCertificates")} text={t("acc.noCertificatesText")} />;
  const heads = [t("acc.usage"), t("acc.family"), t("acc.until"), t("acc.state")];
  const rows = items.map(
    ({ usage, family, notAfter, warning }) =>
      [
        usage,
        t(`acc.usage.${usage}`),
        t(`acc.family.${family}`),
        dayText(Date.parse(notAfter)),
        <Tag key="state" tone={toneOf(warning)}>
          {t(warning === null ? "acc.good" : (`acc.${warning}` as WordKey))}
        </Tag>,
      ] as const,
  );
  return <Rows caption={t("acc.certificates")} heads={heads} rows={rows} />;
}

function Sessions({ items }: { readonly items: readonly OwnSession[] }) {
  const t = useWords();
  const queries = useQueryClient();
  const end = async (id: string) => {
    await endSession(id);
    await queries.invalidateQueries({ queryKey: ["account"] });
  };
  const heads = [t("acc.means"), t("acc.opened"), t("acc.seen"), t("acc.end")];
  const rows = items.map(
    ({ id, means, openedMs, seenMs, current }) =>
      [
        id,
        t(`acc.means.${means}`),
        moment(openedMs),
        moment(seenMs),
        current ? (
          <Tag key="current" tone="ok">
            {t("acc.current")}
          </Tag>
        ) : (
          <button key="end" className="button small" type="button" onClick={() => void end(id)}>
            {t("acc.end")}
            <span className="only-readers"> {moment(openedMs)}</span>
          </button>
        ),
      ] as const,
  );
  return <Rows caption={t("acc.sessions")} heads={heads} rows={rows} />;
}

function Passkeys() {
  const t = useWords();
  const queries = useQueryClient();
  const keys = useQuery(passkeysQuery);
  const [label, setLabel] = useState("");
  const [error, setError] = useState<unknown>(undefined);
  const change = (work: () => Promise<unknown>) => {
    setError(undefined);
    void work().then(() => queries.invalidateQueries({ queryKey: ["account"] }), setError);
  };
  return (
    <Card title={t("acc.passkeys")} flush>
      <Reading query={keys}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t("acc.noPasskeys")} text={t("acc.noPasskeysText")} />
          ) : (
            <Rows
              caption={t("acc.passkeys")}
              heads={[t("acc.label"), t("acc.created"), t("acc.remove")]}
              rows={items.map(
                (key) =>
                  [
                    key.id,
                    key.label,
                    moment(key.createdMs),
                    <button key="remove" className="button small" type="button" onClick={() => change(() => removePasskey(key.id))}>
                      {t("acc.remove")}
                      <span className="only-readers"> {key.label}</span>
                    </button>,
                  ] as const,
              )}
            />
          )
        }
      </Reading>
      <div className="body form">
        <p className="small second">{knowsPasskeys() ? t("acc.passkeysText") : t("in.noPasskeys")}</p>
        {knowsPasskeys() && (
          <>
            <TextField label={t("acc.label")} hint={t("acc.labelHint")} needed value={label} onChange={setLabel} />
            <p>
              <button
                className="button"
                type="button"
                disabled={label.trim() === ""}
                onClick={() => change(() => makePasskey(label.trim()))}
              >
                {t("acc.add")}
              </button>
            </p>
          </>
        )}
        {error !== undefined && (
          <p className="is-refused small" role="alert">
            {sentenceOf(error, t("in.failed"))}
          </p>
        )}
      </div>
    </Card>
  );
}

function SignOut() {
  const t = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await send("DELETE", "/session");
    forgetKeys();
    chooseMembership(undefined);
    await queries.resetQueries();
    await navigate({ to: "/" });
  };
  return (
    <p className="row wrapping" style={{ margin: "18px 0 40px" }}>
      <button className="button" type="button" onClick={() => void leave()}>
        {t("acc.signOut")}
      </button>
      <span className="small second">{t("acc.signOutText")}</span>
    </p>
  );
}

function Own({
  certificates,
  sessions,
}: {
  certificates: UseQueryResult<readonly OwnCertificate[]>;
  sessions: UseQueryResult<readonly OwnSession[]>;
}) {
  const t = useWords();
  return (
    <>
      <div className="account-stack">
        <Card title={t("acc.certificates")} aside={<Link to="/self-test">{t("acc.selfTest")}</Link>} flush>
          <Reading query={certificates}>{(items) => <Certificates items={items} />}</Reading>
        </Card>
        <Card title={t("acc.sessions")} aside={<span className="small second">{t("acc.sessionsText")}</span>} flush>
          <Reading query={sessions}>{(items) => <Sessions items={items} />}</Reading>
        </Card>
        <Passkeys />
      </div>
      <SignOut />
    </>
  );
}

export function AccountPage() {
  const t = useWords();
  useTitle(t("acc.title"));
  const { me, known } = useSession();
  const isIn = me !== undefined;
  const certificates = useQuery({ ...certificatesQuery, enabled: isIn });
  const sessions = useQuery({ ...sessionsQuery, enabled: isIn });
  return (
    <PublicShell>
      <h1 className="page-title" style={{ margin: "24px 0 16px" }}>
        {t("acc.title")}
      </h1>
      {isIn ? (
        <Own certificates={certificates} sessions={sessions} />
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
