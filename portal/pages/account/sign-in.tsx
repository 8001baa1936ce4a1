/** `/sign-in`: the four ways in. Each ends in the same session; none of them signs anything (decisions §7). */
import "./area.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { signInByPassword } from "../../api/account.ts";
import { sandboxQuery } from "../../api/queries.ts";
import { enterByCertificate } from "../../signing/enter-by-certificate.ts";
import { enterByPasskey, knowsPasskeys } from "../../signing/passkey.ts";
import { Card } from "../../ui/card.tsx";
import { ChoiceField, Field } from "../../ui/fields.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";
import { sentenceOf, useEntering } from "./entered.ts";
import { PhoneCard } from "./phone-card.tsx";

function Failure({ error }: { readonly error: unknown }) {
  const t = useWords();
  if (error === undefined) return null;
  return (
    <p className="is-refused small" role="alert" style={{ marginTop: 10 }}>
      {sentenceOf(error, t("in.failed"))}
    </p>
  );
}

function CertificateCard() {
  const t = useWords();
  const sandbox = useQuery(sandboxQuery);
  const [personId, setPersonId] = useState("");
  const { enter, busy, error } = useEntering();
  const people = new Map((sandbox.data?.people ?? []).map((person) => [person.personId, person]));
  const options = [...people.values()].map((one) => ({ value: one.personId, label: `${one.personName} · ${one.organisationName}` }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(() => enterByCertificate(personId));
  };
  return (
    <Card title={t("in.certificate")}>
      <form className="form" onSubmit={submit}>
        <p className="small second">{t("in.certificateText")}</p>
        <ChoiceField label={t("in.whose")} hint={t("in.whoseHint")} needed value={personId} options={options} onChange={setPersonId} />
        <p>
          <button className="button primary" type="submit" disabled={busy || personId === ""}>
            {busy ? t("in.busy") : t("in.sign")}
          </button>
        </p>
        <Failure error={error} />
      </form>
    </Card>
  );
}

function PasskeyCard() {
  const t = useWords();
  const { enter, busy, error } = useEntering();
  return (
    <Card title={t("in.passkey")}>
      <p className="small second">{knowsPasskeys() ? t("in.passkeyText") : t("in.noPasskeys")}</p>
      {knowsPasskeys() && (
        <p style={{ marginTop: 14 }}>
          <button className="button primary" type="button" disabled={busy} onClick={() => void enter(enterByPasskey)}>
            {busy ? t("in.busy") : t("in.passkeyGo")}
          </button>
        </p>
      )}
      <Failure error={error} />
    </Card>
  );
}

function PasswordCard() {
  const t = useWords();
  const { enter, busy, error } = useEntering();
  const [typed, setTyped] = useState({ login: "", password: "", code: "" });
  const line = (name: keyof typeof typed, label: string, more: { type?: string; autoComplete: string; inputMode?: "numeric" }) => (
    <Field label={label} needed>
      {(wired) => (
        <input
          {...wired}
          className="input"
          type={more.type ?? "text"}
          autoComplete={more.autoComplete}
          inputMode={more.inputMode}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(() => signInByPassword(typed));
  };
  return (
    <Card title={t("in.password")}>
      <form className="form" onSubmit={submit}>
        <p className="small second">{t("in.passwordText")}</p>
        {line("login", t("in.login"), { autoComplete: "username" })}
        {line("password", t("in.secret"), { type: "password", autoComplete: "current-password" })}
        {line("code", t("in.code"), { autoComplete: "one-time-code", inputMode: "numeric" })}
        <p>
          <button className="button primary" type="submit" disabled={busy}>
            {busy ? t("in.busy") : t("in.passwordGo")}
          </button>
        </p>
        <Failure error={error} />
      </form>
    </Card>
  );
}

export function SignInPage() {
  const t = useWords();
  useTitle(t("in.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("in.title")}
      </h1>
      <p className="second" style={{ marginBottom: 20 }}>
        {t("in.lead")}
      </p>
      <div className="account-grid">
        <CertificateCard />
        <PasskeyCard />
        <PhoneCard />
        <PasswordCard />
      </div>
      <p className="small" style={{ margin: "18px 0 40px" }}>
        <Link to="/sandbox">{t("in.asOther")}</Link>
      </p>
    </PublicShell>
  );
}
